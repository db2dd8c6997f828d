// Every page: styles, htmx, and what our own pages do in the browser.
import '../layout/layout.scss'
import '../login/login.css'
import '../inbox/inbox.css'
import '../task/task.css'
import '../ledger/ledger.css'
import '../audit/audit.css'
import '../designer/designer.css'
import '../admin/admin.css'
import '../errors/errors.css'
import '../layout/icon.svg?url'
import htmx from 'htmx.org'
import '../layout/session.js'
import '../layout/notice.js'
import '../layout/dialogs.js'
import '../inbox/inbox.js'
import '../report/left.js'

window.htmx = htmx
