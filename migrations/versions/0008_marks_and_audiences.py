"""confidential: a mark by which the same value is known in another case, and who alone may see a value"""

from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('confidential') as batch_op:
        batch_op.add_column(sa.Column('mark', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('label', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('audience', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('emergency', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_confidential_mark'), ['mark'])


def downgrade():
    with op.batch_alter_table('confidential') as batch_op:
        batch_op.drop_index(batch_op.f('ix_confidential_mark'))
        for name in ('emergency', 'audience', 'label', 'mark'):
            batch_op.drop_column(name)
