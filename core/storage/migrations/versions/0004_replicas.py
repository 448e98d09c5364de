"""Updates in hand under a lease; operators are told of cases; a wait that a carrier asked of everybody."""

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'

FREE = (sa.text('free = 1'), sa.text('free'))
WAITS = sa.text('payload IS NOT NULL')
UNTOLD = sa.text('told_at IS NULL AND closed_at IS NULL')


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column('inbox', sa.Column('leased_until', moment))
    op.create_index('ix_inbox_open', 'inbox', ['number'], unique=False, sqlite_where=WAITS, postgresql_where=WAITS)
    op.add_column('cases', sa.Column('told_at', moment))
    op.create_index('ix_cases_untold', 'cases', ['opened_at'], unique=False, sqlite_where=UNTOLD, postgresql_where=UNTOLD)
    carried = sa.text('carried_with IS NOT NULL')
    op.create_index('ix_alerts_carried', 'alerts', ['carried_with'], unique=False, sqlite_where=carried, postgresql_where=carried)
    for name, columns in (('free_day', ['clinic_id', 'day']), ('free_doctor_day', ['clinic_id', 'doctor_id', 'day'])):
        op.create_index(f'ix_slots_{name}', 'slots', columns, unique=False, sqlite_where=FREE[0], postgresql_where=FREE[1])
    op.create_table(
        'pauses',
        sa.Column('carrier', sa.String(length=32), nullable=False),
        sa.Column('until', moment, nullable=False),
        sa.PrimaryKeyConstraint('carrier', name=op.f('pk_pauses')),
    )
