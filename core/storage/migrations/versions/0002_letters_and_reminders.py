"""Accounts of one's own, alerts by three channels, imported agendas, the operators' list."""

from alembic import op
import sqlalchemy as sa


revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column('patients', sa.Column('sex', sa.String(length=32)))
    op.add_column('accounts', sa.Column('mailbox', sa.String(length=254), nullable=False, server_default=''))
    op.add_column('accounts', sa.Column('temporary_hash', sa.String(length=200)))
    op.add_column('accounts', sa.Column('temporary_until', moment))
    op.add_column('accounts', sa.Column('sms_reminders', sa.String(length=32), nullable=False, server_default='when_needed'))
    op.add_column('accounts', sa.Column('reminder_hour', sa.Integer()))
    op.add_column('accounts', sa.Column('discreet', sa.Boolean()))
    op.add_column('accounts', sa.Column('opened_at', moment))
    op.execute('UPDATE accounts SET mailbox = lower(email)')
    op.create_index('uq_accounts_mailbox', 'accounts', ['mailbox'], unique=True)

    for table in ('clinics', 'doctors', 'agendas'):
        op.add_column(table, sa.Column('code', sa.String(length=40)))
        op.create_index(f'uq_{table}_code', table, ['code'], unique=True)
    op.add_column('agendas', sa.Column('valid_from', sa.Date()))
    op.add_column('agendas', sa.Column('valid_until', sa.Date()))
    op.add_column('agendas', sa.Column('made_until', sa.Date()))
    op.add_column('slots', sa.Column('removed', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_index('uq_slots_doctor_start', table_name='slots')
    op.create_index('uq_slots_doctor_start', 'slots', ['doctor_id', 'starts_at'], unique=True, sqlite_where=sa.text('removed = 0'), postgresql_where=sa.text('NOT removed'))
    op.create_index('ix_slots_removed', 'slots', ['doctor_id', 'starts_at'], unique=False, sqlite_where=sa.text('removed = 1'), postgresql_where=sa.text('removed'))
    op.create_index('ix_visits_slot', 'visits', ['slot_id'], unique=False)
    op.add_column('visits', sa.Column('coming_at', moment))

    with op.batch_alter_table('alerts') as alerts:
        alerts.alter_column('visit_id', existing_type=sa.BigInteger(), nullable=True)
        alerts.alter_column('visit_version', existing_type=sa.Integer(), nullable=True)
        alerts.add_column(sa.Column('channel', sa.String(length=32), nullable=False, server_default='telegram'))
        alerts.add_column(sa.Column('day', sa.Date()))
        alerts.add_column(sa.Column('setbacks', sa.Integer(), nullable=False, server_default='0'))
        alerts.add_column(sa.Column('carried_with', sa.BigInteger()))
        alerts.add_column(sa.Column('sealed', sa.LargeBinary()))
        alerts.add_column(sa.Column('receipt', sa.String(length=32)))
    with op.batch_alter_table('alerts') as alerts:
        alerts.alter_column('channel', existing_type=sa.String(length=32), existing_server_default='telegram', server_default=None)
    op.drop_index('ix_alerts_due', table_name='alerts')
    op.create_index('ix_alerts_due', 'alerts', ['channel', 'due_at'], unique=False, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.execute(sa.text("UPDATE alerts SET dedupe_key = dedupe_key || :channel").bindparams(channel=':telegram'))
    op.create_index('ix_alerts_account_open', 'alerts', ['account_id'], unique=False, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('postings',
    sa.Column('message_id', sa.String(length=80), nullable=False),
    sa.Column('alert_id', sa.BigInteger(), nullable=True),
    sa.Column('receipt', sa.String(length=32), nullable=True),
    sa.Column('at', moment, nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alerts.id'], name=op.f('fk_postings_alert_id')),
    sa.PrimaryKeyConstraint('message_id', name=op.f('pk_postings'))
    )
    op.create_index('ix_postings_alert', 'postings', ['alert_id'], unique=False)
    op.create_table('cases',
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('dedupe_key', sa.String(length=80), nullable=False),
    sa.Column('opened_at', moment, nullable=False),
    sa.Column('visit_id', sa.BigInteger(), nullable=True),
    sa.Column('account_id', sa.BigInteger(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('closed_at', moment, nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_cases_account_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visits.id'], name=op.f('fk_cases_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_cases_dedupe_key'))
    )
    op.create_index('ix_cases_open', 'cases', ['opened_at'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
