"""deployments are numbered: keys are leased in blocks, so a key does not tell which of two deployments came first"""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('deployment') as batch_op:
        batch_op.add_column(sa.Column('number', sa.Integer(), server_default='0', nullable=False))
    op.execute(
        'UPDATE deployment SET number = (SELECT count(*) FROM deployment AS earlier '
        'WHERE (earlier.deployed, earlier.key) <= (deployment.deployed, deployment.key))'
    )


def downgrade():
    with op.batch_alter_table('deployment') as batch_op:
        batch_op.drop_column('number')
