# @generated from schemas/orbit/asyncapi.yaml by handfast; edit that, not this.
"""The tests of every schema, as the validation plan has them."""

from __future__ import annotations

from typing import Any

from ._handfast import format as formats
from ._handfast import rule
from ._handfast.model import plain, schema
from ._handfast.report import At, Report, Test, accepts, violations
from ._handfast.value import is_number
from ._handfast.violation import Violation


def n2(value: Any, at: At, report: Report) -> bool:
    s = "events/task.created.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t0, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n3(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/EventId"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n4(value: Any, at: At, report: Report) -> bool:
    s = "events/task.created.schema.json#/properties/type"
    valid = rule.constant(value, "task.created", at, s, report)
    return valid


def n5(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Timestamp"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "date-time", formats.date_time, at, s, report)
    return valid


def n6(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Context"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t1, at, report)
    return valid


def n7(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Context/properties/container_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n8(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Context/properties/task_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n9(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Context/properties/user_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n10(value: Any, at: At, report: Report) -> bool:
    s = "events/task.created.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t2, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("task",), at, s, report) and valid
    return valid


def n11(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Task"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t3, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "status", "progress"), at, s, report) and valid
    return valid


def n12(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Task/properties/id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n13(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Task/properties/type"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n14(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/ActiveTaskStatus"
    valid = rule.enumeration(value, ("queued", "running"), at, s, report)
    return valid


def n15(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Progress"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 100, at, s, report) and valid
    return valid


def n16(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/SchemaVersion"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 1, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 65535, at, s, report) and valid
    return valid


def n17(value: Any, at: At, report: Report) -> bool:
    s = "events/task.updated.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t4, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n18(value: Any, at: At, report: Report) -> bool:
    s = "events/task.updated.schema.json#/properties/type"
    valid = rule.constant(value, "task.updated", at, s, report)
    return valid


def n19(value: Any, at: At, report: Report) -> bool:
    s = "events/task.updated.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t5, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("task_id",), at, s, report) and valid
    return valid


def n20(value: Any, at: At, report: Report) -> bool:
    s = "events/task.updated.schema.json#/properties/payload/properties/task_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n21(value: Any, at: At, report: Report) -> bool:
    s = "events/task.updated.schema.json#/properties/payload/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n22(value: Any, at: At, report: Report) -> bool:
    s = "events/task.completed.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t6, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n23(value: Any, at: At, report: Report) -> bool:
    s = "events/task.completed.schema.json#/properties/type"
    valid = rule.constant(value, "task.completed", at, s, report)
    return valid


def n24(value: Any, at: At, report: Report) -> bool:
    s = "events/task.completed.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t7, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("task_id", "status", "result"), at, s, report) and valid
    return valid


def n25(value: Any, at: At, report: Report) -> bool:
    s = "events/task.completed.schema.json#/properties/payload/properties/task_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n26(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/FinalTaskStatus"
    valid = rule.enumeration(value, ("succeeded", "failed", "cancelled"), at, s, report)
    return valid


def n27(value: Any, at: At, report: Report) -> bool:
    s = "events/task.completed.schema.json#/properties/payload/properties/result"
    valid = rule.types(value, ("null", "object"), at, s, report)
    return valid


def n28(value: Any, at: At, report: Report) -> bool:
    s = "events/container.status.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t8, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n29(value: Any, at: At, report: Report) -> bool:
    s = "events/container.status.schema.json#/properties/type"
    valid = rule.constant(value, "container.status", at, s, report)
    return valid


def n30(value: Any, at: At, report: Report) -> bool:
    s = "events/container.status.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t9, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("container_id", "status"), at, s, report) and valid
    return valid


def n31(value: Any, at: At, report: Report) -> bool:
    s = "events/container.status.schema.json#/properties/payload/properties/container_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n32(value: Any, at: At, report: Report) -> bool:
    s = "events/container.status.schema.json#/properties/payload/properties/status"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n33(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t10, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n34(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#/properties/type"
    valid = rule.constant(value, "container.metrics", at, s, report)
    return valid


def n35(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t11, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("container_id", "cpu_percent", "memory_bytes", "disk_bytes"), at, s, report) and valid
    return valid


def n36(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#/properties/payload/properties/container_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n37(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#/properties/payload/properties/cpu_percent"
    valid = rule.types(value, ("number",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
    return valid


def n38(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#/properties/payload/properties/memory_bytes"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 9007199254740991, at, s, report) and valid
    return valid


def n39(value: Any, at: At, report: Report) -> bool:
    s = "events/container.metrics.schema.json#/properties/payload/properties/disk_bytes"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 9007199254740991, at, s, report) and valid
    return valid


def n40(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t12, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n41(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#/properties/type"
    valid = rule.constant(value, "app.install.log", at, s, report)
    return valid


def n42(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t13, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("app_id", "task_id", "level", "line"), at, s, report) and valid
    return valid


def n43(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#/properties/payload/properties/app_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n44(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#/properties/payload/properties/task_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n45(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#/properties/payload/properties/level"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n46(value: Any, at: At, report: Report) -> bool:
    s = "events/app.install.log.schema.json#/properties/payload/properties/line"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n47(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t14, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n48(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/type"
    valid = rule.constant(value, "snapshot.created", at, s, report)
    return valid


def n49(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t15, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("snapshot",), at, s, report) and valid
    return valid


def n50(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/payload/properties/snapshot"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t16, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "container_id", "label", "type"), at, s, report) and valid
    return valid


def n51(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/payload/properties/snapshot/properties/id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n52(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/payload/properties/snapshot/properties/container_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n53(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/payload/properties/snapshot/properties/label"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n54(value: Any, at: At, report: Report) -> bool:
    s = "events/snapshot.created.schema.json#/properties/payload/properties/snapshot/properties/type"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n55(value: Any, at: At, report: Report) -> bool:
    s = "events/export.ready.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t17, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n56(value: Any, at: At, report: Report) -> bool:
    s = "events/export.ready.schema.json#/properties/type"
    valid = rule.constant(value, "export.ready", at, s, report)
    return valid


def n57(value: Any, at: At, report: Report) -> bool:
    s = "events/export.ready.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t18, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("package_id", "container_id", "location"), at, s, report) and valid
    return valid


def n58(value: Any, at: At, report: Report) -> bool:
    s = "events/export.ready.schema.json#/properties/payload/properties/package_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n59(value: Any, at: At, report: Report) -> bool:
    s = "events/export.ready.schema.json#/properties/payload/properties/container_id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n60(value: Any, at: At, report: Report) -> bool:
    s = "events/export.ready.schema.json#/properties/payload/properties/location"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uri", formats.uri, at, s, report)
    return valid


def n61(value: Any, at: At, report: Report) -> bool:
    s = "events/ping.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t19, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type",), at, s, report) and valid
    return valid


def n62(value: Any, at: At, report: Report) -> bool:
    s = "events/ping.schema.json#/properties/type"
    valid = rule.constant(value, "ping", at, s, report)
    return valid


def n63(value: Any, at: At, report: Report) -> bool:
    s = "events/pong.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t20, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n64(value: Any, at: At, report: Report) -> bool:
    s = "events/pong.schema.json#/properties/type"
    valid = rule.constant(value, "pong", at, s, report)
    return valid


def n65(value: Any, at: At, report: Report) -> bool:
    s = "events/pong.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t21, at, report)
    return valid


t0: dict[str, Test | None] = {"id": n3, "type": n4, "timestamp": n5, "context": n6, "payload": n10}
t1: dict[str, Test | None] = {"container_id": n7, "task_id": n8, "user_id": n9}
t2: dict[str, Test | None] = {"task": n11, "schema_version": n16}
t3: dict[str, Test | None] = {"id": n12, "type": n13, "status": n14, "progress": n15}
t4: dict[str, Test | None] = {"id": n3, "type": n18, "timestamp": n5, "context": n6, "payload": n19}
t5: dict[str, Test | None] = {"task_id": n20, "status": n14, "progress": n15, "message": n21, "schema_version": n16}
t6: dict[str, Test | None] = {"id": n3, "type": n23, "timestamp": n5, "context": n6, "payload": n24}
t7: dict[str, Test | None] = {"task_id": n25, "status": n26, "result": n27, "schema_version": n16}
t8: dict[str, Test | None] = {"id": n3, "type": n29, "timestamp": n5, "context": n6, "payload": n30}
t9: dict[str, Test | None] = {"container_id": n31, "status": n32, "schema_version": n16}
t10: dict[str, Test | None] = {"id": n3, "type": n34, "timestamp": n5, "context": n6, "payload": n35}
t11: dict[str, Test | None] = {"container_id": n36, "cpu_percent": n37, "memory_bytes": n38, "disk_bytes": n39, "schema_version": n16}
t12: dict[str, Test | None] = {"id": n3, "type": n41, "timestamp": n5, "context": n6, "payload": n42}
t13: dict[str, Test | None] = {"app_id": n43, "task_id": n44, "level": n45, "line": n46, "schema_version": n16}
t14: dict[str, Test | None] = {"id": n3, "type": n48, "timestamp": n5, "context": n6, "payload": n49}
t15: dict[str, Test | None] = {"snapshot": n50, "schema_version": n16}
t16: dict[str, Test | None] = {"id": n51, "container_id": n52, "label": n53, "type": n54}
t17: dict[str, Test | None] = {"id": n3, "type": n56, "timestamp": n5, "context": n6, "payload": n57}
t18: dict[str, Test | None] = {"package_id": n58, "container_id": n59, "location": n60, "schema_version": n16}
t19: dict[str, Test | None] = {"id": n3, "type": n62, "timestamp": n5}
t20: dict[str, Test | None] = {"id": n3, "type": n64, "timestamp": n5, "context": n6, "payload": n65}
t21: dict[str, Test | None] = {"schema_version": n16}


def validate_task_created(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `TaskCreated`."""
    return violations(n2, plain(value))


def is_task_created(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `TaskCreated`."""
    return accepts(n2, plain(value))


def validate_task_created_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `TaskCreatedPayload`."""
    return violations(n10, plain(value))


def is_task_created_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `TaskCreatedPayload`."""
    return accepts(n10, plain(value))


def validate_task_updated(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `TaskUpdated`."""
    return violations(n17, plain(value))


def is_task_updated(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `TaskUpdated`."""
    return accepts(n17, plain(value))


def validate_task_updated_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `TaskUpdatedPayload`."""
    return violations(n19, plain(value))


def is_task_updated_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `TaskUpdatedPayload`."""
    return accepts(n19, plain(value))


def validate_task_completed(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `TaskCompleted`."""
    return violations(n22, plain(value))


def is_task_completed(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `TaskCompleted`."""
    return accepts(n22, plain(value))


def validate_task_completed_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `TaskCompletedPayload`."""
    return violations(n24, plain(value))


def is_task_completed_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `TaskCompletedPayload`."""
    return accepts(n24, plain(value))


def validate_container_status(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ContainerStatus`."""
    return violations(n28, plain(value))


def is_container_status(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ContainerStatus`."""
    return accepts(n28, plain(value))


def validate_container_status_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ContainerStatusPayload`."""
    return violations(n30, plain(value))


def is_container_status_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ContainerStatusPayload`."""
    return accepts(n30, plain(value))


def validate_container_metrics(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ContainerMetrics`."""
    return violations(n33, plain(value))


def is_container_metrics(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ContainerMetrics`."""
    return accepts(n33, plain(value))


def validate_container_metrics_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ContainerMetricsPayload`."""
    return violations(n35, plain(value))


def is_container_metrics_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ContainerMetricsPayload`."""
    return accepts(n35, plain(value))


def validate_app_install_log(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AppInstallLog`."""
    return violations(n40, plain(value))


def is_app_install_log(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AppInstallLog`."""
    return accepts(n40, plain(value))


def validate_app_install_log_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AppInstallLogPayload`."""
    return violations(n42, plain(value))


def is_app_install_log_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AppInstallLogPayload`."""
    return accepts(n42, plain(value))


def validate_snapshot_created(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `SnapshotCreated`."""
    return violations(n47, plain(value))


def is_snapshot_created(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `SnapshotCreated`."""
    return accepts(n47, plain(value))


def validate_snapshot_created_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `SnapshotCreatedPayload`."""
    return violations(n49, plain(value))


def is_snapshot_created_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `SnapshotCreatedPayload`."""
    return accepts(n49, plain(value))


def validate_snapshot_created_payload_snapshot(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `SnapshotCreatedPayloadSnapshot`."""
    return violations(n50, plain(value))


def is_snapshot_created_payload_snapshot(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `SnapshotCreatedPayloadSnapshot`."""
    return accepts(n50, plain(value))


def validate_export_ready(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ExportReady`."""
    return violations(n55, plain(value))


def is_export_ready(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ExportReady`."""
    return accepts(n55, plain(value))


def validate_export_ready_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ExportReadyPayload`."""
    return violations(n57, plain(value))


def is_export_ready_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ExportReadyPayload`."""
    return accepts(n57, plain(value))


def validate_ping(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Ping`."""
    return violations(n61, plain(value))


def is_ping(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Ping`."""
    return accepts(n61, plain(value))


def validate_pong(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Pong`."""
    return violations(n63, plain(value))


def is_pong(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Pong`."""
    return accepts(n63, plain(value))


def validate_pong_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `PongPayload`."""
    return violations(n65, plain(value))


def is_pong_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `PongPayload`."""
    return accepts(n65, plain(value))


def validate_event_id(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `EventId`."""
    return violations(n3, plain(value))


def is_event_id(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `EventId`."""
    return accepts(n3, plain(value))


def validate_timestamp(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Timestamp`."""
    return violations(n5, plain(value))


def is_timestamp(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Timestamp`."""
    return accepts(n5, plain(value))


def validate_context(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Context`."""
    return violations(n6, plain(value))


def is_context(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Context`."""
    return accepts(n6, plain(value))


def validate_task(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Task`."""
    return violations(n11, plain(value))


def is_task(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Task`."""
    return accepts(n11, plain(value))


def validate_schema_version(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `SchemaVersion`."""
    return violations(n16, plain(value))


def is_schema_version(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `SchemaVersion`."""
    return accepts(n16, plain(value))


def validate_active_task_status(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ActiveTaskStatus`."""
    return violations(n14, plain(value))


def is_active_task_status(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ActiveTaskStatus`."""
    return accepts(n14, plain(value))


def validate_progress(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Progress`."""
    return violations(n15, plain(value))


def is_progress(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Progress`."""
    return accepts(n15, plain(value))


def validate_final_task_status(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `FinalTaskStatus`."""
    return violations(n26, plain(value))


def is_final_task_status(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `FinalTaskStatus`."""
    return accepts(n26, plain(value))
