"""inspection: its result, of those that re-checks enter"""

from alembic import op
import sqlalchemy as sa

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    # Nobody entered a re-check before: what is there has none.
    op.add_column("inspection", sa.Column("result", sa.Text(), nullable=True))


def downgrade():
    with op.batch_alter_table("inspection") as batch_op:
        batch_op.drop_column("result")
