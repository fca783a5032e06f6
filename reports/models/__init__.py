from reports.models.alert import Alert, AlertChoice, AlertKind, AlertMail, Passing, Way
from reports.models.attachment import Attachment
from reports.models.audit import AuditCheckpoint, AuditEvent, WatchedSetting
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
from reports.models.counting import (
    Basis,
    CountGroup,
    CountLetter,
    CountSubscription,
    Cuboid,
    Grain,
    HistoricCategory,
    HistoricCount,
    PublicWeek,
    PublishedFile,
    PublishedWeek,
    StaleMoment,
    Tally,
    TallyZone,
)
from reports.models.draft import Draft
from reports.models.export import Export, ExportLine, ExportPart, ExportPreset
from reports.models.feed import FeedEntry, FeedReceipt, FeedScope, FeedToken, Webhook, WebhookDelivery
from reports.models.hate import Ground, HateClassification, HateEscalation, Sign
from reports.models.heartbeat import Heartbeat
from reports.models.history import Message, Move, Notice
from reports.models.job import Job
from reports.models.note import Note
from reports.models.partner import Consent, Partner
from reports.models.passage import Origin, Passage, Translation
from reports.models.referral import Along, Referral
from reports.models.report import (
    HELD_BACK,
    HELD_BACK_THERE,
    CodedFact,
    Document,
    DocumentVersion,
    HeldFor,
    News,
    Priority,
    Report,
    ReportKey,
    Verdict,
)
from reports.models.retention import HoldReason, LegalHold, Rule, Tombstone
from reports.models.saved_view import SavedView
from reports.models.support import SupportOrganisation
from reports.models.type_step import LIFE, TypeStep
from reports.models.wording import MessageTemplate, RejectReason

__all__ = [
    "HELD_BACK",
    "HELD_BACK_THERE",
    "LIFE",
    "Alert",
    "AlertChoice",
    "AlertKind",
    "AlertMail",
    "Along",
    "Area",
    "AreaBoundary",
    "Attachment",
    "AuditCheckpoint",
    "AuditEvent",
    "Basis",
    "Bureau",
    "Code",
    "CodeTable",
    "CodedFact",
    "Consent",
    "Correction",
    "CountGroup",
    "CountLetter",
    "CountSubscription",
    "Cuboid",
    "Document",
    "DocumentVersion",
    "Draft",
    "Export",
    "ExportLine",
    "ExportPart",
    "ExportPreset",
    "ExtraChoice",
    "ExtraQuestion",
    "FeedEntry",
    "FeedReceipt",
    "FeedScope",
    "FeedToken",
    "Grain",
    "Ground",
    "HateClassification",
    "HateEscalation",
    "Heartbeat",
    "HeldFor",
    "HistoricCategory",
    "HistoricCount",
    "HoldReason",
    "Job",
    "LegalHold",
    "Message",
    "MessageTemplate",
    "Move",
    "News",
    "Note",
    "Notice",
    "Origin",
    "Partner",
    "Passage",
    "Passing",
    "Priority",
    "PublicWeek",
    "PublishedFile",
    "PublishedWeek",
    "Referral",
    "RejectReason",
    "Report",
    "ReportKey",
    "ReportType",
    "Rule",
    "SavedView",
    "ScreeningQuestion",
    "Sign",
    "StaleMoment",
    "Stopper",
    "SupportOrganisation",
    "Tally",
    "TallyZone",
    "Tombstone",
    "Translation",
    "TypeStep",
    "Verdict",
    "WatchedSetting",
    "Way",
    "Webhook",
    "WebhookDelivery",
]
