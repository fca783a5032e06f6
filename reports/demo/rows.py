"""The rows of made reports, sealed and ready for COPY."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from django.conf import settings
from django.db import models

from reports import codes, found_by, proofs, vault, workdays, workflow
from reports.audit import RESIDENT, SYSTEM
from reports.demo.answers import Part
from reports.demo.draw import Draw
from reports.demo.files import files_of, said
from reports.demo.found import keyed_terms, keyed_words
from reports.demo.hate import Said
from reports.demo.letters import Letters
from reports.demo.life import Step, Taken, Who, decided_at, state_after
from reports.demo.making import Made, Plan
from reports.demo.passages import TAKES, Text, passage_of, translation_of, was_claimed
from reports.demo.passed_on import referral_of
from reports.demo.translated import english
from reports.documents import message_place
from reports.models import (
    Attachment,
    AuditEvent,
    CodedFact,
    Document,
    HateClassification,
    HateEscalation,
    Job,
    Message,
    Move,
    News,
    Notice,
    Passage,
    Referral,
    Report,
    ReportKey,
    Translation,
    Verdict,
)
from reports.notices.actions import AFTER
from reports.processing.actions import LEASE
from reports.sections import SECTIONS
from reports.states import Action
from reports.translating.passages import ENGLISH

# A demo's code guards nothing, so it is hashed as lightly as Argon2id can be; the hash itself says how.
LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LETTER_SENT = timedelta(seconds=3)
HOLDING = frozenset({Action.CLAIM, Action.RELEASE, Action.REOPEN})
Values = dict[str, Any]


class Table:
    """The columns of a model in which rows come, with what stands where a row says nothing.

    What the database fills in by itself is left to it, unless it is named in `given`.
    """

    def __init__(self, model: type[models.Model], *given: str) -> None:
        fields = [field for field in model._meta.concrete_fields if field.name in given or not _filled(field)]
        self.name = model._meta.db_table
        self.columns = [str(field.column) for field in fields]
        self.defaults: Values = {
            field.attname: None if field.name in given else field.get_default() for field in fields
        }

    def row(self, values: Values) -> list[Any]:
        """Return the values in the order of the columns."""
        return [values.get(name, default) for name, default in self.defaults.items()]


def _filled(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField) or field.has_db_default()


@lru_cache
def _details(*items: tuple[str, str | int]) -> str:
    return json.dumps(dict(items))


# In the order in which rows refer to each other. The log comes last: it keeps other writers out until the commit.
TABLES: dict[type[models.Model], Table] = {
    Report: Table(Report, "unanswered", "news", "hate_verdict"),
    ReportKey: Table(ReportKey),
    Document: Table(Document, "terms_key", "terms_edition"),
    CodedFact: Table(CodedFact),
    Move: Table(Move, "reason"),
    HateEscalation: Table(HateEscalation),
    HateClassification: Table(HateClassification),
    Referral: Table(Referral),
    Message: Table(Message, "question"),
    Passage: Table(Passage),
    Translation: Table(Translation),
    Attachment: Table(Attachment),
    Notice: Table(Notice, "id", "created_at"),
    Job: Table(Job, "run_after"),
    AuditEvent: Table(AuditEvent, "at"),
}


class Batch:
    """The rows of some reports, by model. `notice_ids` gives numbers that the database has set aside."""

    def __init__(self, plan: Plan, notice_ids: Iterator[int]) -> None:
        self.plan, self.notice_ids = plan, notice_ids
        self.people = {Who.OFFICER: plan.officer, Who.SUPERVISOR: plan.supervisor}
        self.translator = plan.translator
        self.code_key = vault.derived_key("access-code")
        self.rows: dict[type[models.Model], list[Values]] = {model: [] for model in TABLES}

    def ready(self) -> Iterator[tuple[Table, Iterator[list[Any]]]]:
        """Yield each table with its rows, the log in the order of time."""
        self.rows[AuditEvent].sort(key=lambda event: event["at"])
        for model, table in TABLES.items():
            yield table, map(table.row, self.rows[model])

    def add(self, made: Made, dr_number: str) -> None:
        """Seal a report and append its rows."""
        report = made.report
        letters = codes.understand(codes.access_code(self.code_key, report.draft_id))
        report.access_code_hash, report.access_mark = LIGHT.hash(letters), proofs.mark(report.reference, letters)
        self._settle(report, made.life, dr_number)
        report.hate_verdict = made.said.verdict
        report.possible_hate = bool(made.said.escalation) and made.said.verdict in {"", Verdict.CRIME}
        self.rows[Report].append(vars(report))
        one = OneReport(self, report, made.draw)
        files = list(files_of(self.plan, made, one.key))
        one.seal(made.parts | ({"files": said(files, one.key)} if files else {}))
        one.arrive(made.life[0].step.at if made.life else None)
        one.tell(made)
        for file in files:
            one.bring(file)
        for taken in made.life:
            one.take(taken, is_last=taken is made.life[-1])
        one.say(made.said)

    def _settle(self, report: Report, life: list[Taken], dr_number: str) -> None:
        """Let the plain columns say where the report's life has led."""
        report.state, report.decided_at = state_after(life), decided_at(life)
        if not life:
            return
        last = life[-1].step
        report.state_since = last.at
        report.claimed_by_id = self._claimant(life)
        report.dr_number = dr_number if last.action == Action.APPROVE else ""
        report.reject_reason = last.reason
        self._settle_question(report, last)

    def _settle_question(self, report: Report, last: Step) -> None:
        """Let the columns say that an answer is awaited, came and is not read yet, or did not come."""
        if last.action == Action.ASK:
            report.answer_due_at = workdays.days_after(last.at, days=settings.ANSWER_DAYS)
        elif last.action == Action.ANSWER:
            report.news, report.news_at = News.ANSWERED, last.at
        report.unanswered = last.action == Action.LAPSE

    def _claimant(self, life: list[Taken]) -> int | None:
        held = [taken.step for taken in life if taken.step.action in HOLDING]
        return self.people[held[-1].by] if held and held[-1].action != Action.RELEASE else None


class OneReport:
    """Appends what belongs to one report to the rows of its batch. Moments go in as text, which COPY takes faster."""

    def __init__(self, batch: Batch, report: Report, draw: Draw) -> None:
        self.batch, self.rows, self.report, self.draw = batch, batch.rows, report, draw
        self.pk, self.letters = str(report.pk), Letters(draw, report.language)
        self.key = vault.new_data_key(place=report.place("wrapped_key"))
        self.terms: set[int] = set()

    def seal(self, parts: dict[str, Part]) -> None:
        """Add the key, the sealed document with its terms, and the coded facts."""
        self.rows[ReportKey].append(
            {"report_id": self.pk, "wrapped": self.key.wrapped, "wrapped_by": self.key.wrapped_by}
        )
        sealed = vault.seal({"sections": parts}, key=self.key, place=self.report.place("document"))
        self.document: Values = {"report_id": self.pk, "sealed": sealed, **found_by.made_now()}
        self.find_by({*keyed_terms(parts), *found_by.of_itself(self.report)})
        self.rows[Document].append(self.document)
        for step, part in parts.items():
            for fact in SECTIONS[step].facts(part):
                self.rows[CodedFact].append({**vars(fact), "report_id": self.pk})

    def find_by(self, terms: set[int]) -> None:
        """Let the report be found by further terms."""
        self.terms |= terms
        self.document["terms"] = "{" + ",".join(map(str, sorted(self.terms))) + "}"

    def arrive(self, queued_at: datetime | None) -> None:
        """Add what submitting leaves; the job that queues the report is done when it was queued."""
        report, at = self.report, self.report.reported_at
        self.log("intake.submit", RESIDENT.value, at, type=report.report_type.slug, language=report.language)
        self.notice(Notice.Kind.RECEIVED, at)
        self.job(Job.Kind.ENQUEUE, at, queued_at)

    def bring(self, file: Attachment) -> None:
        """Add a file, which waits for a worker to look into it."""
        self.rows[Attachment].append(vars(file))
        self.job(Job.Kind.SCAN, self.report.reported_at, None, attachment_id=str(file.pk))

    def tell(self, made: Made) -> None:
        """Add the story's translation, done before an officer took the report up, or waiting."""
        story, language = made.parts.get("narrative", {}).get("story", ""), self.report.language
        if language == ENGLISH and story.isascii():
            return
        made_of_it = english(story, language) if was_claimed(made.life) else ""
        self.text(Text(story, made_of_it, self.report.reported_at))

    def text(self, text: Text) -> None:
        """Add a text's passage and its translation, as far as it has them."""
        passage = passage_of(self.report, text, self.draw.identity(text.at), self.batch.translator)
        if passage is None:
            return
        self.rows[Passage].append(passage)
        if text.translation:
            self.rows[Translation].append(translation_of(passage, text.translation, self.key))
            self.find_by(keyed_words(text.translation))
            by = f"user:{self.batch.translator or 0}"
            pair = {"source": passage["source"], "target": passage["target"]}
            self.log("translating.write", by, text.at + TAKES, version=1, **pair)

    def take(self, taken: Taken, *, is_last: bool) -> None:
        """Add what a step leaves: words, letter, history and log."""
        step, source, target = taken.step, taken.source.value, taken.target.value
        if step.speaks:
            self.message(step, is_last=is_last)
        if step.action in AFTER:
            self.notice(AFTER[step.action], step.at)
        self.rows[Move].append(
            {
                "report_id": self.pk,
                "action": step.action.value,
                "source": source,
                "target": target,
                "by_id": self.batch.people.get(step.by),
                "at": step.at.isoformat(),
                "reason": step.reason,
            }
        )
        because = {"reason": step.reason} if step.reason else {}
        self.log(workflow.EVENTS[step.action], self.actor(step.by), step.at, source=source, target=target, **because)
        if step.action == Action.REFER:
            self.rows[Referral].extend(referral_of(self.report, self.draw, self.batch.people.get(step.by), step.at))
        if step.action == Action.CLAIM:
            self.log("review.look", self.actor(step.by), step.at + LETTER_SENT)

    def say(self, said: Said) -> None:
        """Add what staff said of a hate report: the officer escalated it, the supervisor classified it."""
        if said.escalation:
            self.rows[HateEscalation].append(
                {**said.escalation, "report_id": self.pk, "by_id": self.batch.people[Who.OFFICER]}
            )
            self.log("hate.escalate", self.actor(Who.OFFICER), datetime.fromisoformat(said.escalation["at"]))
        if said.classification:
            row = {**said.classification, "report_id": self.pk, "by_id": self.batch.people[Who.SUPERVISOR]}
            self.rows[HateClassification].append(row)
            at = datetime.fromisoformat(row["at"])
            self.log("hate.classify", self.actor(Who.SUPERVISOR), at, verdict=row["verdict"], version=1)

    def message(self, step: Step, *, is_last: bool) -> None:
        """Add the words of a step, sealed, and their translation; a last answer waits for its own."""
        identity, said = self.draw.identity(step.at), self.letters.said(step.action)
        from_agency = step.by is not Who.RESIDENT
        self.find_by(keyed_words(said.words))
        self.rows[Message].append(
            {
                "id": identity,
                "report_id": self.pk,
                "from_agency": from_agency,
                "by_id": self.batch.people.get(step.by),
                "question": said.question,
                "at": step.at.isoformat(),
                "sealed": vault.seal(said.words, key=self.key, place=message_place(identity)),
            }
        )
        translation = said.translation if from_agency or not is_last else ""
        self.text(Text(said.words, translation, step.at, identity, from_agency))

    def notice(self, kind: Notice.Kind, at: datetime) -> None:
        """Add a letter that went out. Demo letters are never sent: nobody lives at these addresses."""
        if not self.report.has_email:
            return
        number, sent_at = next(self.batch.notice_ids), at + LETTER_SENT
        self.rows[Notice].append(
            {
                "id": number,
                "report_id": self.pk,
                "kind": kind.value,
                "created_at": at.isoformat(),
                "sent_at": sent_at.isoformat(),
            }
        )
        self.job(Job.Kind.NOTIFY, at, sent_at, notice_id=number)
        self.log("notices.send", SYSTEM.value, sent_at, kind=kind.value)

    def job(self, kind: Job.Kind, at: datetime, done_at: datetime | None, **more: int | str) -> None:
        """Add a job, done or waiting for a worker."""
        values: Values = {"kind": kind.value, "report_id": self.pk, "run_after": at.isoformat(), **more}
        if done_at:
            values |= {"done_at": done_at.isoformat(), "leased_until": (done_at + LEASE).isoformat(), "attempts": 1}
        self.rows[Job].append(values)

    def log(self, verb: str, actor: str, at: datetime, **details: str | int) -> None:
        """Add an event; the database gives it its number and its link."""
        self.rows[AuditEvent].append(
            {
                "at": at.isoformat(),
                "verb": verb,
                "actor": actor,
                "subject": f"report:{self.pk}",
                "details": _details(*details.items()),
                "link": b"",
            }
        )

    def actor(self, who: Who) -> str:
        """Return how the log names somebody; 0 stands for the staff of a demo without accounts."""
        people = self.batch.people
        return f"user:{people[who] or 0}" if who in people else who.value
