"""penalties: one row per respondent of a case, and what was paid"""

from alembic import op
import sqlalchemy as sa

from cases.exact import Exact
from engine.store.base import Key
from engine.store.base import Moment

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('penalty',
    sa.Column('key', Key, autoincrement=True, nullable=False),
    sa.Column('penalty_no', sa.Text(), nullable=True),
    sa.Column('enforcement_no', sa.Text(), nullable=False),
    sa.Column('case_no', sa.Text(), nullable=True),
    sa.Column('hazard_no', sa.Text(), nullable=True),
    sa.Column('act_date', sa.Date(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.Text(), nullable=False),
    sa.Column('uscc', sa.Text(), nullable=True),
    sa.Column('reference', sa.Text(), nullable=True),
    sa.Column('article', sa.Text(), nullable=False),
    sa.Column('mode', sa.Text(), nullable=False),
    sa.Column('organ', sa.Text(), nullable=False),
    sa.Column('fined', sa.Boolean(), nullable=False),
    sa.Column('status', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('earlier_no', sa.Text(), nullable=True),
    sa.Column('fine', Exact(12, 2), nullable=True),
    sa.Column('decided', Moment(), nullable=True),
    sa.Column('decision_no', sa.Text(), nullable=True),
    sa.Column('served', Moment(), nullable=True),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('paid', Exact(12, 2), nullable=False),
    sa.Column('late_fine', Exact(12, 2), nullable=False),
    sa.Column('late_fine_derivation', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_penalty')),
    sa.UniqueConstraint('penalty_no', name=op.f('uq_penalty_penalty_no'))
    )
    with op.batch_alter_table('penalty') as batch_op:
        batch_op.create_index('ix_penalty_enforcement', ['enforcement_no'], unique=False)
        batch_op.create_index('ix_penalty_hazard', ['hazard_no'], unique=False)
    op.create_table('penalty_payment',
    sa.Column('receipt_no', sa.Text(), nullable=False),
    sa.Column('penalty_no', sa.Text(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('amount', Exact(12, 2), nullable=False),
    sa.ForeignKeyConstraint(['penalty_no'], ['penalty.penalty_no'], name=op.f('fk_penalty_payment_penalty_no')),
    sa.PrimaryKeyConstraint('receipt_no', name=op.f('pk_penalty_payment'))
    )
    with op.batch_alter_table('penalty_payment') as batch_op:
        batch_op.create_index('ix_penalty_payment_penalty', ['penalty_no'], unique=False)


def downgrade():
    op.drop_table('penalty_payment')
    op.drop_table('penalty')
