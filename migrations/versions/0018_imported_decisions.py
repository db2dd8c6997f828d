"""decision_requirements: the namespace under which a file is imported, and the versions that it imports itself"""

from alembic import op
import sqlalchemy as sa
from lxml import etree

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

REQUIREMENTS = sa.table('decision_requirements', *(sa.column(name) for name in ('key', 'resource_key', 'namespace')))
RESOURCE = sa.table('resource', *(sa.column(name) for name in ('key', 'content')))


def upgrade():
    op.add_column('decision_requirements', sa.Column('namespace', sa.Text(), nullable=True))
    op.add_column('decision_requirements', sa.Column('imports', sa.Text(), nullable=True))
    # Nothing that was deployed before imports anything, but it can be imported from now on.
    chosen = sa.select(REQUIREMENTS.c.key, RESOURCE.c.content).join(RESOURCE, RESOURCE.c.key == REQUIREMENTS.c.resource_key)
    for key, content in op.get_bind().execute(chosen).all():
        op.execute(REQUIREMENTS.update().where(REQUIREMENTS.c.key == key).values(namespace=_namespace(content)))


def downgrade():
    with op.batch_alter_table('decision_requirements') as batch_op:
        batch_op.drop_column('imports')
        batch_op.drop_column('namespace')


def _namespace(content):
    """Of a file that cannot be read any more nobody can import anything."""
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)).get('namespace')
    except etree.XMLSyntaxError:
        return None
