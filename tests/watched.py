"""The product's two processes as journeys run them: `gunicorn tests.watched:app` and `python -m tests.watched`.

Each command looks at what it has changed, once that is committed (tests/agreement.py); where rows and machine differ, it fails.
"""

import worker
from api.app import create_app
from tests.agreement import watch

watch()

if __name__ == "__main__":
    worker.main(create_app())
else:
    app = create_app()
