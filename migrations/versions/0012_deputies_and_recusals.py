"""deputy, recusal, interest: who acts for whom, who withdrew from a case, who stands too near to whom; user_task: for whom what was done was done"""

from alembic import op
import sqlalchemy as sa
from engine.store.base import Key, Moment

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('deputy',
    sa.Column('key', Key, autoincrement=True, nullable=False),
    sa.Column('principal', sa.Text(), nullable=False),
    sa.Column('deputy', sa.Text(), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['deputy'], ['account.username'], name=op.f('fk_deputy_deputy')),
    sa.ForeignKeyConstraint(['principal'], ['account.username'], name=op.f('fk_deputy_principal')),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_deputy'))
    )
    with op.batch_alter_table('deputy') as batch_op:
        batch_op.create_index('ix_deputy_deputy', ['deputy'])
        batch_op.create_index('ix_deputy_principal', ['principal'])
    op.create_table('recusal',
    sa.Column('root_key', Key, nullable=False),
    sa.Column('username', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('by', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('root_key', 'username', name=op.f('pk_recusal'))
    )
    op.create_table('interest',
    sa.Column('no', Key, autoincrement=True, nullable=False),
    sa.Column('username', sa.Text(), nullable=False),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('relation', sa.Text(), nullable=False),
    sa.Column('declared', Moment(), nullable=False),
    sa.Column('declared_by', sa.Text(), nullable=False),
    sa.Column('ended', Moment(), nullable=True),
    sa.Column('ended_by', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['username'], ['account.username'], name=op.f('fk_interest_username')),
    sa.PrimaryKeyConstraint('no', name=op.f('pk_interest'))
    )
    with op.batch_alter_table('interest') as batch_op:
        batch_op.create_index('ix_interest_username', ['username'])
    with op.batch_alter_table('user_task') as batch_op:
        batch_op.add_column(sa.Column('acted_for', sa.Text(), nullable=True))


def downgrade():
    with op.batch_alter_table('user_task') as batch_op:
        batch_op.drop_column('acted_for')
    op.drop_table('interest')
    op.drop_table('recusal')
    op.drop_table('deputy')
