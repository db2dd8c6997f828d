"""design_draft: what a designer draws and has not published; deployment: who drew what another person published"""

from alembic import op
import sqlalchemy as sa
from engine.store.base import Key, Moment

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('design_draft',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('id', sa.Text(), nullable=False),
    sa.Column('etag', Key, nullable=False),
    sa.Column('resource', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=True),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('errors', sa.Integer(), nullable=False),
    sa.Column('base_version', sa.Integer(), nullable=True),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('authors', sa.Text(), nullable=False),
    sa.Column('saved', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'id', name=op.f('pk_design_draft'))
    )
    with op.batch_alter_table('deployment') as batch_op:
        batch_op.add_column(sa.Column('authors', sa.Text(), nullable=True))


def downgrade():
    with op.batch_alter_table('deployment') as batch_op:
        batch_op.drop_column('authors')
    op.drop_table('design_draft')
