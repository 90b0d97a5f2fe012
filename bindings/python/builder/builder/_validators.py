# @generated from schemas/builder/asyncapi.yaml by handfast; edit that, not this.
"""The tests of every schema, as the validation plan has them."""

from __future__ import annotations

from typing import Any

from ._handfast import format as formats
from ._handfast import rule
from ._handfast.model import plain, schema
from ._handfast.report import At, Report, Test, accepts, violations
from ._handfast.value import is_number
from ._handfast.violation import Violation


def n0(value: Any, at: At, report: Report) -> bool:
    s = "events/authenticate.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t0, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("token",), at, s, report) and valid
    return valid


def n1(value: Any, at: At, report: Report) -> bool:
    s = "events/authenticate.schema.json#/properties/token"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n2(value: Any, at: At, report: Report) -> bool:
    s = "events/authenticated.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t1, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("userId", "username"), at, s, report) and valid
    return valid


def n3(value: Any, at: At, report: Report) -> bool:
    s = "events/authenticated.schema.json#/properties/userId"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uuid", formats.uuid, at, s, report)
    return valid


def n4(value: Any, at: At, report: Report) -> bool:
    s = "events/authenticated.schema.json#/properties/username"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n5(value: Any, at: At, report: Report) -> bool:
    s = "events/join-project.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t2, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId",), at, s, report) and valid
    return valid


def n6(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Id"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n7(value: Any, at: At, report: Report) -> bool:
    s = "events/project-joined.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t3, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId", "members"), at, s, report) and valid
    return valid


def n8(value: Any, at: At, report: Report) -> bool:
    s = "events/project-joined.schema.json#/properties/members"
    valid = True
    if valid and is_number(value):
        valid = rule.minimum(value, 1, at, s, report)
    if valid or report.collects:
        valid = n9(value, at, report) and valid
    return valid


def n9(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Count"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 4294967295, at, s, report) and valid
    return valid


def n10(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.status.update.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t4, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n11(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.status.update.schema.json#/properties/type"
    valid = rule.constant(value, "agent:status:update", at, s, report)
    return valid


def n12(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Timestamp"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 8640000000000000, at, s, report) and valid
    return valid


def n13(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.status.update.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t5, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("agentId", "agentType", "status", "currentTask", "progress", "message"), at, s, report) and valid
    return valid


def n14(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/AgentType"
    valid = rule.enumeration(value, ("ui", "backend", "database", "integration", "deployment"), at, s, report)
    return valid


def n15(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.status.update.schema.json#/properties/payload/properties/status"
    valid = rule.enumeration(value, ("idle", "working", "waiting", "completed", "failed"), at, s, report)
    return valid


def n16(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.status.update.schema.json#/properties/payload/properties/currentTask"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n17(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Percent"
    valid = rule.types(value, ("integer",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
        if valid or report.collects:
            valid = rule.maximum(value, 100, at, s, report) and valid
    return valid


def n18(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.status.update.schema.json#/properties/payload/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n19(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t6, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n20(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/type"
    valid = rule.constant(value, "agent:output", at, s, report)
    return valid


def n21(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t7, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("agentId", "agentType", "output", "summary"), at, s, report) and valid
    return valid


def n22(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t8, at, report)
    return valid


def n23(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/entities"
    valid = rule.types(value, ("array",), at, s, report)
    if valid and isinstance(value, list):
        valid = rule.each_item(value, (), n24, at, report)
    return valid


def n24(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t9, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("name", "fields", "relationships"), at, s, report) and valid
    return valid


def n25(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items/properties/name"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n26(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items/properties/fields"
    valid = rule.types(value, ("array",), at, s, report)
    return valid


def n27(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/entities/items/properties/relationships"
    valid = rule.types(value, ("array",), at, s, report)
    return valid


def n28(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/migrations"
    valid = rule.types(value, ("array",), at, s, report)
    if valid and isinstance(value, list):
        valid = rule.each_item(value, (), n29, at, report)
    return valid


def n29(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/output/properties/migrations/items"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n30(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.output.schema.json#/properties/payload/properties/summary"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n31(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t10, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n32(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#/properties/type"
    valid = rule.constant(value, "agent:error", at, s, report)
    return valid


def n33(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t11, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("agentId", "agentType", "error"), at, s, report) and valid
    return valid


def n34(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#/properties/payload/properties/error"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t12, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("code", "message", "details", "retryable", "retryCount"), at, s, report) and valid
    return valid


def n35(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#/properties/payload/properties/error/properties/code"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n36(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#/properties/payload/properties/error/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n37(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Details"
    valid = rule.types(value, ("object",), at, s, report)
    return valid


def n38(value: Any, at: At, report: Report) -> bool:
    s = "events/agent.error.schema.json#/properties/payload/properties/error/properties/retryable"
    valid = rule.types(value, ("boolean",), at, s, report)
    return valid


def n39(value: Any, at: At, report: Report) -> bool:
    s = "events/build.started.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t13, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n40(value: Any, at: At, report: Report) -> bool:
    s = "events/build.started.schema.json#/properties/type"
    valid = rule.constant(value, "build:started", at, s, report)
    return valid


def n41(value: Any, at: At, report: Report) -> bool:
    s = "events/build.started.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t14, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId", "estimatedDuration", "phases"), at, s, report) and valid
    return valid


def n42(value: Any, at: At, report: Report) -> bool:
    s = "definitions.schema.json#/$defs/Seconds"
    valid = rule.types(value, ("number",), at, s, report)
    if valid and is_number(value):
        valid = rule.minimum(value, 0, at, s, report)
    return valid


def n43(value: Any, at: At, report: Report) -> bool:
    s = "events/build.started.schema.json#/properties/payload/properties/phases"
    valid = rule.types(value, ("array",), at, s, report)
    if valid and isinstance(value, list):
        valid = rule.min_items(value, 1, at, s, report)
        if valid or report.collects:
            valid = rule.each_item(value, (), n44, at, report) and valid
    return valid


def n44(value: Any, at: At, report: Report) -> bool:
    s = "events/build.started.schema.json#/properties/payload/properties/phases/items"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n45(value: Any, at: At, report: Report) -> bool:
    s = "events/build.progress.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t15, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n46(value: Any, at: At, report: Report) -> bool:
    s = "events/build.progress.schema.json#/properties/type"
    valid = rule.constant(value, "build:progress", at, s, report)
    return valid


def n47(value: Any, at: At, report: Report) -> bool:
    s = "events/build.progress.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t16, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId", "currentPhase", "phaseProgress", "overallProgress", "message", "estimatedTimeRemaining"), at, s, report) and valid
    return valid


def n48(value: Any, at: At, report: Report) -> bool:
    s = "events/build.progress.schema.json#/properties/payload/properties/currentPhase"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n49(value: Any, at: At, report: Report) -> bool:
    s = "events/build.progress.schema.json#/properties/payload/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n50(value: Any, at: At, report: Report) -> bool:
    s = "events/build.completed.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t17, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n51(value: Any, at: At, report: Report) -> bool:
    s = "events/build.completed.schema.json#/properties/type"
    valid = rule.constant(value, "build:completed", at, s, report)
    return valid


def n52(value: Any, at: At, report: Report) -> bool:
    s = "events/build.completed.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t18, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId", "duration", "previewUrl", "stats"), at, s, report) and valid
    return valid


def n53(value: Any, at: At, report: Report) -> bool:
    s = "events/build.completed.schema.json#/properties/payload/properties/previewUrl"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uri", formats.uri, at, s, report)
    return valid


def n54(value: Any, at: At, report: Report) -> bool:
    s = "events/build.completed.schema.json#/properties/payload/properties/stats"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t19, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("componentsGenerated", "apiEndpointsCreated", "dataModelsCreated"), at, s, report) and valid
    return valid


def n55(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t20, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n56(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/type"
    valid = rule.constant(value, "build:failed", at, s, report)
    return valid


def n57(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t21, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId", "error"), at, s, report) and valid
    return valid


def n58(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/payload/properties/error"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t22, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("phase", "message", "details", "suggestions"), at, s, report) and valid
    return valid


def n59(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/payload/properties/error/properties/phase"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n60(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/payload/properties/error/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n61(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/payload/properties/error/properties/suggestions"
    valid = rule.types(value, ("array",), at, s, report)
    if valid and isinstance(value, list):
        valid = rule.each_item(value, (), n62, at, report)
    return valid


def n62(value: Any, at: At, report: Report) -> bool:
    s = "events/build.failed.schema.json#/properties/payload/properties/error/properties/suggestions/items"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n63(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t23, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n64(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/type"
    valid = rule.constant(value, "user:decision:required", at, s, report)
    return valid


def n65(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t24, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("projectId", "agentId", "decisionId", "question", "options", "timeout"), at, s, report) and valid
    return valid


def n66(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload/properties/question"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n67(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload/properties/options"
    valid = rule.types(value, ("array",), at, s, report)
    if valid and isinstance(value, list):
        valid = rule.min_items(value, 1, at, s, report)
        if valid or report.collects:
            valid = rule.each_item(value, (), n68, at, report) and valid
    return valid


def n68(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload/properties/options/items"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t25, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("id", "label", "description"), at, s, report) and valid
    return valid


def n69(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload/properties/options/items/properties/label"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n70(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload/properties/options/items/properties/description"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n71(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.required.schema.json#/properties/payload/properties/options/items/properties/preview"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uri-reference", formats.uri_reference, at, s, report)
    return valid


def n72(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.response.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t26, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("decisionId", "selectedOptionId"), at, s, report) and valid
    return valid


def n73(value: Any, at: At, report: Report) -> bool:
    s = "events/user.decision.response.schema.json#/properties/feedback"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n74(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.progress.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t27, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n75(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.progress.schema.json#/properties/type"
    valid = rule.constant(value, "deployment:progress", at, s, report)
    return valid


def n76(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.progress.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t28, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("deploymentId", "environment", "stage", "progress", "message"), at, s, report) and valid
    return valid


def n77(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.progress.schema.json#/properties/payload/properties/environment"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n78(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.progress.schema.json#/properties/payload/properties/stage"
    valid = rule.enumeration(value, ("building", "deploying", "health-check"), at, s, report)
    return valid


def n79(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.progress.schema.json#/properties/payload/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n80(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.success.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t29, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n81(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.success.schema.json#/properties/type"
    valid = rule.constant(value, "deployment:success", at, s, report)
    return valid


def n82(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.success.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t30, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("deploymentId", "environment", "url", "healthStatus", "duration"), at, s, report) and valid
    return valid


def n83(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.success.schema.json#/properties/payload/properties/environment"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n84(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.success.schema.json#/properties/payload/properties/url"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.format(value, "uri", formats.uri, at, s, report)
    return valid


def n85(value: Any, at: At, report: Report) -> bool:
    s = "events/deployment.success.schema.json#/properties/payload/properties/healthStatus"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n86(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t31, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("type", "timestamp", "payload"), at, s, report) and valid
    return valid


def n87(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/type"
    valid = rule.constant(value, "error", at, s, report)
    return valid


def n88(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t32, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("code", "message", "details", "recoverable", "actions"), at, s, report) and valid
    return valid


def n89(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/code"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n90(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/message"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n91(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/recoverable"
    valid = rule.types(value, ("boolean",), at, s, report)
    return valid


def n92(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/actions"
    valid = rule.types(value, ("array",), at, s, report)
    if valid and isinstance(value, list):
        valid = rule.each_item(value, (), n93, at, report)
    return valid


def n93(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/actions/items"
    valid = rule.types(value, ("object",), at, s, report)
    if valid and isinstance(value, dict):
        valid = rule.each_member(value, t33, at, report)
        if valid or report.collects:
            valid = rule.required(value, ("label", "action"), at, s, report) and valid
    return valid


def n94(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/actions/items/properties/label"
    valid = rule.types(value, ("string",), at, s, report)
    return valid


def n95(value: Any, at: At, report: Report) -> bool:
    s = "events/error.schema.json#/properties/payload/properties/actions/items/properties/action"
    valid = rule.types(value, ("string",), at, s, report)
    if valid and isinstance(value, str):
        valid = rule.min_length(value, 1, at, s, report)
    return valid


def n96(value: Any, at: At, report: Report) -> bool:
    s = "events/ping.schema.json#"
    valid = rule.types(value, ("null",), at, s, report)
    return valid


def n97(value: Any, at: At, report: Report) -> bool:
    s = "events/pong.schema.json#"
    valid = rule.types(value, ("null",), at, s, report)
    return valid


t0: dict[str, Test | None] = {"token": n1}
t1: dict[str, Test | None] = {"userId": n3, "username": n4}
t2: dict[str, Test | None] = {"projectId": n6}
t3: dict[str, Test | None] = {"projectId": n6, "members": n8}
t4: dict[str, Test | None] = {"type": n11, "timestamp": n12, "payload": n13}
t5: dict[str, Test | None] = {"agentId": n6, "agentType": n14, "status": n15, "currentTask": n16, "progress": n17, "message": n18}
t6: dict[str, Test | None] = {"type": n20, "timestamp": n12, "payload": n21}
t7: dict[str, Test | None] = {"agentId": n6, "agentType": n14, "output": n22, "summary": n30}
t8: dict[str, Test | None] = {"entities": n23, "migrations": n28}
t9: dict[str, Test | None] = {"name": n25, "fields": n26, "relationships": n27}
t10: dict[str, Test | None] = {"type": n32, "timestamp": n12, "payload": n33}
t11: dict[str, Test | None] = {"agentId": n6, "agentType": n14, "error": n34}
t12: dict[str, Test | None] = {"code": n35, "message": n36, "details": n37, "retryable": n38, "retryCount": n9}
t13: dict[str, Test | None] = {"type": n40, "timestamp": n12, "payload": n41}
t14: dict[str, Test | None] = {"projectId": n6, "estimatedDuration": n42, "phases": n43}
t15: dict[str, Test | None] = {"type": n46, "timestamp": n12, "payload": n47}
t16: dict[str, Test | None] = {"projectId": n6, "currentPhase": n48, "phaseProgress": n17, "overallProgress": n17, "message": n49, "estimatedTimeRemaining": n42}
t17: dict[str, Test | None] = {"type": n51, "timestamp": n12, "payload": n52}
t18: dict[str, Test | None] = {"projectId": n6, "duration": n42, "previewUrl": n53, "stats": n54}
t19: dict[str, Test | None] = {"componentsGenerated": n9, "apiEndpointsCreated": n9, "dataModelsCreated": n9}
t20: dict[str, Test | None] = {"type": n56, "timestamp": n12, "payload": n57}
t21: dict[str, Test | None] = {"projectId": n6, "error": n58}
t22: dict[str, Test | None] = {"phase": n59, "message": n60, "details": n37, "suggestions": n61}
t23: dict[str, Test | None] = {"type": n64, "timestamp": n12, "payload": n65}
t24: dict[str, Test | None] = {"projectId": n6, "agentId": n6, "decisionId": n6, "question": n66, "options": n67, "timeout": n42}
t25: dict[str, Test | None] = {"id": n6, "label": n69, "description": n70, "preview": n71}
t26: dict[str, Test | None] = {"decisionId": n6, "selectedOptionId": n6, "feedback": n73}
t27: dict[str, Test | None] = {"type": n75, "timestamp": n12, "payload": n76}
t28: dict[str, Test | None] = {"deploymentId": n6, "environment": n77, "stage": n78, "progress": n17, "message": n79}
t29: dict[str, Test | None] = {"type": n81, "timestamp": n12, "payload": n82}
t30: dict[str, Test | None] = {"deploymentId": n6, "environment": n83, "url": n84, "healthStatus": n85, "duration": n42}
t31: dict[str, Test | None] = {"type": n87, "timestamp": n12, "payload": n88}
t32: dict[str, Test | None] = {"code": n89, "message": n90, "details": n37, "recoverable": n91, "actions": n92}
t33: dict[str, Test | None] = {"label": n94, "action": n95}


def validate_authenticate(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Authenticate`."""
    return violations(n0, plain(value))


def is_authenticate(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Authenticate`."""
    return accepts(n0, plain(value))


def validate_authenticated(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Authenticated`."""
    return violations(n2, plain(value))


def is_authenticated(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Authenticated`."""
    return accepts(n2, plain(value))


def validate_join_project(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `JoinProject`."""
    return violations(n5, plain(value))


def is_join_project(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `JoinProject`."""
    return accepts(n5, plain(value))


def validate_project_joined(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ProjectJoined`."""
    return violations(n7, plain(value))


def is_project_joined(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ProjectJoined`."""
    return accepts(n7, plain(value))


def validate_agent_status_update(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentStatusUpdate`."""
    return violations(n10, plain(value))


def is_agent_status_update(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentStatusUpdate`."""
    return accepts(n10, plain(value))


def validate_agent_status_update_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentStatusUpdatePayload`."""
    return violations(n13, plain(value))


def is_agent_status_update_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentStatusUpdatePayload`."""
    return accepts(n13, plain(value))


def validate_agent_status_update_payload_status(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentStatusUpdatePayloadStatus`."""
    return violations(n15, plain(value))


def is_agent_status_update_payload_status(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentStatusUpdatePayloadStatus`."""
    return accepts(n15, plain(value))


def validate_agent_output(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentOutput`."""
    return violations(n19, plain(value))


def is_agent_output(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentOutput`."""
    return accepts(n19, plain(value))


def validate_agent_output_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentOutputPayload`."""
    return violations(n21, plain(value))


def is_agent_output_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentOutputPayload`."""
    return accepts(n21, plain(value))


def validate_agent_output_payload_output(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentOutputPayloadOutput`."""
    return violations(n22, plain(value))


def is_agent_output_payload_output(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentOutputPayloadOutput`."""
    return accepts(n22, plain(value))


def validate_agent_output_payload_output_entities_item(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentOutputPayloadOutputEntitiesItem`."""
    return violations(n24, plain(value))


def is_agent_output_payload_output_entities_item(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentOutputPayloadOutputEntitiesItem`."""
    return accepts(n24, plain(value))


def validate_agent_error(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentError`."""
    return violations(n31, plain(value))


def is_agent_error(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentError`."""
    return accepts(n31, plain(value))


def validate_agent_error_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentErrorPayload`."""
    return violations(n33, plain(value))


def is_agent_error_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentErrorPayload`."""
    return accepts(n33, plain(value))


def validate_agent_error_payload_error(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentErrorPayloadError`."""
    return violations(n34, plain(value))


def is_agent_error_payload_error(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentErrorPayloadError`."""
    return accepts(n34, plain(value))


def validate_build_started(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildStarted`."""
    return violations(n39, plain(value))


def is_build_started(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildStarted`."""
    return accepts(n39, plain(value))


def validate_build_started_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildStartedPayload`."""
    return violations(n41, plain(value))


def is_build_started_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildStartedPayload`."""
    return accepts(n41, plain(value))


def validate_build_progress(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildProgress`."""
    return violations(n45, plain(value))


def is_build_progress(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildProgress`."""
    return accepts(n45, plain(value))


def validate_build_progress_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildProgressPayload`."""
    return violations(n47, plain(value))


def is_build_progress_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildProgressPayload`."""
    return accepts(n47, plain(value))


def validate_build_completed(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildCompleted`."""
    return violations(n50, plain(value))


def is_build_completed(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildCompleted`."""
    return accepts(n50, plain(value))


def validate_build_completed_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildCompletedPayload`."""
    return violations(n52, plain(value))


def is_build_completed_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildCompletedPayload`."""
    return accepts(n52, plain(value))


def validate_build_completed_payload_stats(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildCompletedPayloadStats`."""
    return violations(n54, plain(value))


def is_build_completed_payload_stats(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildCompletedPayloadStats`."""
    return accepts(n54, plain(value))


def validate_build_failed(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildFailed`."""
    return violations(n55, plain(value))


def is_build_failed(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildFailed`."""
    return accepts(n55, plain(value))


def validate_build_failed_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildFailedPayload`."""
    return violations(n57, plain(value))


def is_build_failed_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildFailedPayload`."""
    return accepts(n57, plain(value))


def validate_build_failed_payload_error(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `BuildFailedPayloadError`."""
    return violations(n58, plain(value))


def is_build_failed_payload_error(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `BuildFailedPayloadError`."""
    return accepts(n58, plain(value))


def validate_user_decision_required(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `UserDecisionRequired`."""
    return violations(n63, plain(value))


def is_user_decision_required(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `UserDecisionRequired`."""
    return accepts(n63, plain(value))


def validate_user_decision_required_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `UserDecisionRequiredPayload`."""
    return violations(n65, plain(value))


def is_user_decision_required_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `UserDecisionRequiredPayload`."""
    return accepts(n65, plain(value))


def validate_user_decision_required_payload_options_item(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `UserDecisionRequiredPayloadOptionsItem`."""
    return violations(n68, plain(value))


def is_user_decision_required_payload_options_item(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `UserDecisionRequiredPayloadOptionsItem`."""
    return accepts(n68, plain(value))


def validate_user_decision_response(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `UserDecisionResponse`."""
    return violations(n72, plain(value))


def is_user_decision_response(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `UserDecisionResponse`."""
    return accepts(n72, plain(value))


def validate_deployment_progress(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `DeploymentProgress`."""
    return violations(n74, plain(value))


def is_deployment_progress(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `DeploymentProgress`."""
    return accepts(n74, plain(value))


def validate_deployment_progress_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `DeploymentProgressPayload`."""
    return violations(n76, plain(value))


def is_deployment_progress_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `DeploymentProgressPayload`."""
    return accepts(n76, plain(value))


def validate_deployment_progress_payload_stage(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `DeploymentProgressPayloadStage`."""
    return violations(n78, plain(value))


def is_deployment_progress_payload_stage(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `DeploymentProgressPayloadStage`."""
    return accepts(n78, plain(value))


def validate_deployment_success(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `DeploymentSuccess`."""
    return violations(n80, plain(value))


def is_deployment_success(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `DeploymentSuccess`."""
    return accepts(n80, plain(value))


def validate_deployment_success_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `DeploymentSuccessPayload`."""
    return violations(n82, plain(value))


def is_deployment_success_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `DeploymentSuccessPayload`."""
    return accepts(n82, plain(value))


def validate_error(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Error`."""
    return violations(n86, plain(value))


def is_error(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Error`."""
    return accepts(n86, plain(value))


def validate_error_payload(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ErrorPayload`."""
    return violations(n88, plain(value))


def is_error_payload(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ErrorPayload`."""
    return accepts(n88, plain(value))


def validate_error_payload_actions_item(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `ErrorPayloadActionsItem`."""
    return violations(n93, plain(value))


def is_error_payload_actions_item(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `ErrorPayloadActionsItem`."""
    return accepts(n93, plain(value))


def validate_ping(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Ping`."""
    return violations(n96, plain(value))


def is_ping(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Ping`."""
    return accepts(n96, plain(value))


def validate_pong(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Pong`."""
    return violations(n97, plain(value))


def is_pong(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Pong`."""
    return accepts(n97, plain(value))


def validate_id(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Id`."""
    return violations(n6, plain(value))


def is_id(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Id`."""
    return accepts(n6, plain(value))


def validate_timestamp(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Timestamp`."""
    return violations(n12, plain(value))


def is_timestamp(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Timestamp`."""
    return accepts(n12, plain(value))


def validate_agent_type(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `AgentType`."""
    return violations(n14, plain(value))


def is_agent_type(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `AgentType`."""
    return accepts(n14, plain(value))


def validate_percent(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Percent`."""
    return violations(n17, plain(value))


def is_percent(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Percent`."""
    return accepts(n17, plain(value))


def validate_details(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Details`."""
    return violations(n37, plain(value))


def is_details(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Details`."""
    return accepts(n37, plain(value))


def validate_count(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Count`."""
    return violations(n9, plain(value))


def is_count(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Count`."""
    return accepts(n9, plain(value))


def validate_seconds(value: object) -> list[Violation]:
    """Every violation of a JSON value, by the schema of `Seconds`."""
    return violations(n42, plain(value))


def is_seconds(value: object) -> bool:
    """Whether a JSON value is an instance of the schema of `Seconds`."""
    return accepts(n42, plain(value))
