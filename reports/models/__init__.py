from reports.models.alert import Alert, AlertChoice, AlertKind, AlertMail, Passing, Way
from reports.models.attachment import Attachment
from reports.models.audit import AuditEvent
from reports.models.boundary import AreaBoundary
from reports.models.catalogue import (
    Area,
    Bureau,
    Code,
    CodeTable,
    ExtraChoice,
    ExtraQuestion,
    ReportType,
    ScreeningQuestion,
    Stopper,
)
from reports.models.correction import Correction
from reports.models.draft import Draft
from reports.models.history import Message, Move, Notice
from reports.models.job import Job
from reports.models.note import Note
from reports.models.passage import Origin, Passage, Translation
from reports.models.report import CodedFact, Document, DocumentVersion, HeldFor, News, Priority, Report, ReportKey
from reports.models.support import SupportOrganisation
from reports.models.type_step import LIFE, TypeStep

__all__ = [
    "LIFE",
    "Alert",
    "AlertChoice",
    "AlertKind",
    "AlertMail",
    "Area",
    "AreaBoundary",
    "Attachment",
    "AuditEvent",
    "Bureau",
    "Code",
    "CodeTable",
    "CodedFact",
    "Correction",
    "Document",
    "DocumentVersion",
    "Draft",
    "ExtraChoice",
    "ExtraQuestion",
    "HeldFor",
    "Job",
    "Message",
    "Move",
    "News",
    "Note",
    "Notice",
    "Origin",
    "Passage",
    "Passing",
    "Priority",
    "Report",
    "ReportKey",
    "ReportType",
    "ScreeningQuestion",
    "Stopper",
    "SupportOrganisation",
    "Translation",
    "TypeStep",
    "Way",
]
