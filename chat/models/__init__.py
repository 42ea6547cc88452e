"""Rows of threads, people and what they sent. Columns and constraints only, no logic.

A thread's `state` is whatever its order calls its state: shown to people, never decided upon here.
"""

from chat.models.audit import AuditHead, AuditRecord
from chat.models.catching import Flag, Held, Original
from chat.models.installation import Installation, Job
from chat.models.people import Person, ServiceKey, Ticket
from chat.models.staff import Report, StaffAct, Statement, Watch
from chat.models.threads import Answer, Entry, Place, Thread, Words

__all__ = [
    "Answer",
    "AuditHead",
    "AuditRecord",
    "Entry",
    "Flag",
    "Held",
    "Installation",
    "Job",
    "Original",
    "Person",
    "Place",
    "Report",
    "ServiceKey",
    "StaffAct",
    "Statement",
    "Thread",
    "Ticket",
    "Watch",
    "Words",
]
