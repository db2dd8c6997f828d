"""place: how many emergency stops are open, and by whom it is listed for supervision"""

from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('place') as batch_op:
        batch_op.add_column(sa.Column('stopped', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('supervised', sa.Text(), nullable=True))


def downgrade():
    with op.batch_alter_table('place') as batch_op:
        for name in ('supervised', 'stopped'):
            batch_op.drop_column(name)
