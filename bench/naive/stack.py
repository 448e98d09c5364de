"""The stock stack, imported whole as its own pages say; prints a line when it is there, and stays."""

import sys

import aiogram
import aiogram_dialog
import aiohttp.web
import aiosmtplib
import aiosqlite
import alembic.command
import apscheduler.schedulers.asyncio
import argon2
import asyncpg
import babel.support
import cryptography.hazmat.primitives.ciphers.aead
import holidays
import icalendar
import phonenumbers
import prometheus_client
import pydantic_settings
import sqlalchemy.ext.asyncio
import sqlalchemy.orm
import structlog
import telegram.ext

STACK = (
    *(aiogram, aiogram_dialog, aiohttp.web, aiosmtplib, aiosqlite, alembic.command, apscheduler.schedulers.asyncio),
    *(argon2, asyncpg, babel.support, cryptography.hazmat.primitives.ciphers.aead, holidays, icalendar, phonenumbers),
    *(prometheus_client, pydantic_settings, sqlalchemy.ext.asyncio, sqlalchemy.orm, structlog, telegram.ext),
)

if __name__ == "__main__":
    sys.stdout.write(f"{len(STACK)} libraries\n")
    sys.stdout.flush()
    sys.stdin.read()
