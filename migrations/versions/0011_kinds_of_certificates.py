"""certificate: of which kind it is, and an index by who holds which"""

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Text(), server_default='行政执法证', nullable=False))
        batch_op.drop_index('ix_certificate_username')
        batch_op.create_index('ix_certificate_username', ['username', 'kind'])


def downgrade():
    with op.batch_alter_table('certificate') as batch_op:
        batch_op.drop_index('ix_certificate_username')
        batch_op.create_index('ix_certificate_username', ['username'])
        batch_op.drop_column('kind')
