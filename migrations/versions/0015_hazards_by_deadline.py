"""hazard, place: found by what is due next, and by risk, for the ledger; the due date stands in the row"""

from alembic import op
import sqlalchemy as sa
from engine.store.base import NEVER, Moment

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

HAZARD = sa.table(
    'hazard', sa.column('due', Moment()), sa.column('deadline', Moment()), sa.column('status', sa.Text()), sa.column('voided', sa.Boolean())
)


def upgrade():
    with op.batch_alter_table('hazard') as batch_op:
        batch_op.add_column(sa.Column('due', Moment(), nullable=True))
    runs = sa.and_(HAZARD.c.deadline.is_not(None), HAZARD.c.status.not_in(['复查合格', '误录撤销']), ~HAZARD.c.voided)
    op.execute(HAZARD.update().values(due=sa.literal(NEVER, Moment())))
    op.execute(HAZARD.update().where(runs).values(due=HAZARD.c.deadline))
    with op.batch_alter_table('hazard') as batch_op:
        batch_op.alter_column('due', existing_type=Moment(), nullable=False)
        batch_op.create_index('ix_hazard_due', ['due', 'no'])
        batch_op.create_index('ix_hazard_status_due', ['status', 'due', 'no'])
    with op.batch_alter_table('place') as batch_op:
        batch_op.create_index('ix_place_risk_level', ['risk_level', 'no'])


def downgrade():
    with op.batch_alter_table('place') as batch_op:
        batch_op.drop_index('ix_place_risk_level')
    with op.batch_alter_table('hazard') as batch_op:
        batch_op.drop_index('ix_hazard_status_due')
        batch_op.drop_index('ix_hazard_due')
        batch_op.drop_column('due')
