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

__all__ = [
    "Area",
    "Bureau",
    "Code",
    "CodeTable",
    "ExtraChoice",
    "ExtraQuestion",
    "ReportType",
    "ScreeningQuestion",
    "Stopper",
]
