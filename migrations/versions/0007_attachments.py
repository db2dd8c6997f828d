"""attachments: when and where a photo was taken, and its size in pixels, as they were found in its content"""

from alembic import op
import sqlalchemy as sa
from engine.store.base import Moment

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('attachment') as batch_op:
        batch_op.add_column(sa.Column('taken_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('longitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('latitude', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('width', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('height', sa.Integer(), nullable=True))


def downgrade():
    with op.batch_alter_table('attachment') as batch_op:
        for name in ('height', 'width', 'latitude', 'longitude', 'taken_at'):
            batch_op.drop_column(name)
