// The page on which a find is reported, and the one that says where it went.
import '../report/report.css'
import '../report/report.js'
