"""round_element: the rounds of a wide multi-instance, a row per element instance, outside of the state bytes"""

from alembic import op
import sqlalchemy as sa
from engine.store.base import Key

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('round_element',
    sa.Column('instance_key', Key, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('row', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('instance_key', 'number', name=op.f('pk_round_element')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('round_element') as batch_op:
        batch_op.create_index('ix_round_element_round', ['instance_key', 'round'])


def downgrade():
    op.drop_table('round_element')
