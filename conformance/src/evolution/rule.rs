//! The rules of a comparison: what each finds, why that matters, and an example.

use std::fmt;

use super::Grade;

/// A rule of a comparison.
#[derive(PartialEq)]
pub struct Rule {
    /// Its stable name.
    pub id: &'static str,
    /// How grave what it finds usually is.
    pub grade: Grade,
    /// What it finds.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What it finds something in.
    pub example: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

/// Declares the rules, each as a constant, and the list of them all.
macro_rules! rules {
    ($($name:ident = $id:literal $grade:ident { what: $what:literal, why: $why:literal, example: $example:literal, help: $help:literal }),+ $(,)?) => {
        $(
            #[doc = $what]
            pub static $name: Rule = Rule {
                id: $id, grade: Grade::$grade, what: $what, why: $why, example: $example, help: $help,
            };
        )+

        /// Every rule, in the order of the documentation.
        pub static RULES: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    PAYLOAD_TYPE = "payload-type" Breaking {
        what: "One side may send a value of a type that the other refuses.",
        why: "Decoders read a type or nothing.",
        example: "`progress` becomes a string.",
        help: "publish the change under a new event name, or let consumers accept both types first"
    },
    PAYLOAD_VALUE = "payload-value" Breaking {
        what: "One side may send a value that is not among the constants and enumerations of the other.",
        why: "Enumerations are closed: generated code knows no other value.",
        example: "`enum` loses `queued`, which old servers still send.",
        help: "keep the value in the enumeration as long as somebody sends it"
    },
    ENUM_EXTENDED = "enum-extended" Dangerous {
        what: "An enumeration of what the server sends has a new member.",
        why: "Old clients refuse it, unless they were told that the list grows.",
        example: "`status` may now be `paused`.",
        help: "name the value under `extensible` in `x-handfast`, or publish the change under a new event name"
    },
    VARIANT_ADDED = "variant-added" Dangerous {
        what: "A union of what the server sends has a new branch.",
        why: "Old clients refuse it, unless they were told that the union grows.",
        example: "`target` may now be `{ kind: volume }`.",
        help: "name the value under `extensible` in `x-handfast`, or publish the change under a new event name"
    },
    PAYLOAD_UNION = "payload-union" Breaking {
        what: "One side may send a value that fits no branch of the other's union, or too many.",
        why: "Decoders choose a branch, and have none to choose.",
        example: "A branch of `oneOf` is gone.",
        help: "keep the branch as long as somebody sends it"
    },
    PAYLOAD_REQUIRED = "payload-required" Breaking {
        what: "One side may leave out a member that the other requires. A `default` does not change that.",
        why: "Decoders refuse an object without it; `default` fills nothing in.",
        example: "`required` gains `progress`.",
        help: "leave the member optional, or publish the change under a new event name"
    },
    PAYLOAD_CLOSED = "payload-closed" Breaking {
        what: "One side may send a member or an item that the other forbids.",
        why: "A closed object refuses what it does not name.",
        example: "`additionalProperties: false` appears.",
        help: "leave objects open, so that both sides may grow"
    },
    PAYLOAD_LIMIT = "payload-limit" Breaking {
        what: "One side may send a number, length or count beyond a limit of the other.",
        why: "Generated types are as wide as the limits, and refuse the rest.",
        example: "`maximum` goes from 100 to 90.",
        help: "widen what is accepted first, and what is sent later"
    },
    PAYLOAD_TEXT = "payload-text" Breaking {
        what: "One side may send a text that the other's `pattern` or `format` refuses.",
        why: "Validators and types of the format refuse it.",
        example: "`format: uuid` appears.",
        help: "widen what is accepted first, and what is sent later"
    },
    PAYLOAD_RULE = "payload-rule" Breaking {
        what: "One side may send a value that another keyword of the other refuses: `not`, `contains`, `uniqueItems`, `dependentRequired`.",
        why: "Validators refuse it.",
        example: "`uniqueItems: true` appears.",
        help: "drop the keyword, or publish the change under a new event name"
    },
    PAYLOAD_UNDECIDED = "payload-undecided" Undecided {
        what: "Whether everything that one side may send fits the other could not be decided.",
        why: "A guess would be worth nothing.",
        example: "A `pattern` that no automaton stands for.",
        help: "simplify the schema at the place that is named, or list an exception once you have looked at it"
    },
    PAYLOAD_DECLARED = "payload-declared" Undecided {
        what: "One of the contracts says nothing of a payload.",
        why: "What may be sent is anybody's guess.",
        example: "A message without `payload` gets one.",
        help: "say in both contracts what the payload is"
    },
    OPEN_MEMBERS = "open-members" Note {
        what: "It is safe only as long as producers send no members but those they declare.",
        why: "An open object allows any member; one that is declared by now has to be as the declaration says.",
        example: "An optional member is added to an open object.",
        help: "nothing, where producers send what their contract names; `--reading strict` makes it an error"
    },
    EVENT_REMOVED = "event-removed" Breaking {
        what: "An event is gone, from the contract or from one of its channels.",
        why: "Old clients wait for it; old clients that send it are refused.",
        example: "`task.updated` is no longer sent.",
        help: "keep the event, and mark it as deprecated; its name stays reserved"
    },
    EVENT_ADDED = "event-added" Note {
        what: "An event is new.",
        why: "Old clients see an event they do not know, and ignore it.",
        example: "`task.paused` is sent.",
        help: "nothing: its name must never have been another's"
    },
    EVENT_REUSED = "event-reused" Error {
        what: "An event has the name of one that an earlier version had and a later one has not.",
        why: "Clients of the earlier version take it for what it was.",
        example: "`task.log`, gone since 1.2, means something else in 2.0.",
        help: "take a name that was never used"
    },
    CHANNEL_REMOVED = "channel-removed" Breaking {
        what: "A channel is gone.",
        why: "Old clients connect to it.",
        example: "`stream` is no longer served.",
        help: "keep the channel until nobody connects to it"
    },
    CHANNEL_ADDED = "channel-added" Note {
        what: "A channel is new.",
        why: "New clients must not need it with an old server.",
        example: "`stream` is served over Server-Sent Events.",
        help: "nothing"
    },
    CHANNEL_ADDRESS = "channel-address" Breaking {
        what: "A channel has another address.",
        why: "Old clients connect to the old one.",
        example: "`/ws` becomes `/events`.",
        help: "serve the channel at both addresses, as two channels"
    },
    CHANNEL_TRANSPORT = "channel-transport" Breaking {
        what: "A channel has another transport.",
        why: "Old clients speak the old one.",
        example: "A WebSocket becomes Socket.IO.",
        help: "serve the other transport as a channel of its own"
    },
    QUERY_REQUIRED = "query-required" Breaking {
        what: "A channel wants a parameter of the query that clients of the other revision may leave out.",
        why: "Servers refuse the connection or the request.",
        example: "`required` of `bindings.ws.query` gains `tenant`.",
        help: "let the server do without the parameter as long as somebody leaves it out"
    },
    QUERY_VALUE = "query-value" Breaking {
        what: "Clients of one revision may send a query that servers of the other refuse: another value, or a parameter that is none.",
        why: "Servers refuse the connection or the request.",
        example: "`enum` of the parameter `view` loses `full`.",
        help: "accept the old values as long as somebody sends them"
    },
    QUERY_REMOVED = "query-removed" Dangerous {
        what: "A channel no longer names a parameter of the query.",
        why: "Old clients still send it, and it does nothing.",
        example: "`topics` is gone.",
        help: "keep the parameter as long as somebody sends it"
    },
    QUERY_ADDED = "query-added" Note {
        what: "A channel names a new parameter of the query, which clients may leave out.",
        why: "Old servers pass it over.",
        example: "`limit` is new.",
        help: "nothing, where new clients do without it with an old server"
    },
    HEADER_REQUIRED = "header-required" Breaking {
        what: "A channel wants a request header that clients of the other revision may leave out.",
        why: "Servers refuse the connection or the request.",
        example: "`required` of `bindings.ws.headers` gains `X-Tenant`.",
        help: "let the server do without the header as long as somebody leaves it out"
    },
    HEADER_VALUE = "header-value" Breaking {
        what: "Clients of one revision may send a header that servers of the other refuse.",
        why: "Servers refuse the connection or the request.",
        example: "`pattern` of `X-Tenant` becomes narrower.",
        help: "accept the old values as long as somebody sends them"
    },
    HEADER_REMOVED = "header-removed" Dangerous {
        what: "A channel no longer names a request header.",
        why: "Old clients still send it, and it does nothing.",
        example: "`X-Tenant` is gone.",
        help: "keep the header as long as somebody sends it"
    },
    HEADER_ADDED = "header-added" Note {
        what: "A channel names a new request header, which clients may leave out.",
        why: "Old servers pass it over.",
        example: "`X-Trace` is new.",
        help: "nothing, where new clients do without it with an old server"
    },
    AUTH = "auth" Breaking {
        what: "A way for the token to travel is gone, or the first one appears.",
        why: "Old clients send their token the old way, or none.",
        example: "`{ in: query, name: token }` is gone.",
        help: "accept the old way as long as somebody uses it"
    },
    REFUSAL = "refusal" Dangerous {
        what: "A bad token, or what a client must not send, is refused in another way.",
        why: "Old clients look for the old refusal, and take the new one for another failure.",
        example: "`status: 401` becomes 403.",
        help: "refuse as before, or tell the clients first"
    },
    BEFORE_AUTH = "before-auth" Dangerous {
        what: "A server may send more events before it knows the client.",
        why: "Old clients are not ready for them yet.",
        example: "`before-auth` gains `notice`.",
        help: "send the event once the client is known"
    },
    EVENT_NAME = "event-name" Breaking {
        what: "The names of events stand elsewhere.",
        why: "The other side finds no name, and knows no event.",
        example: "`$message.payload#/type` becomes `$message.payload#/event`.",
        help: "keep the name where it is"
    },
    LIFECYCLE = "lifecycle" Breaking {
        what: "One side may send events in an order that the other does not expect.",
        why: "State machines have no transition for it.",
        example: "`task.completed` may come again.",
        help: "allow the new order first, and use it later; or start a lifecycle with new event names"
    },
    LIFECYCLE_KEY = "lifecycle-key" Breaking {
        what: "The key of a lifecycle stands elsewhere in an event.",
        why: "Events are put to the wrong life, or to none.",
        example: "The key of `task.updated` goes from `/payload/task_id` to `/payload/id`.",
        help: "keep the key where it is, beside the new one"
    },
    UNIQUE = "unique" Breaking {
        what: "Values that never repeated may, or the other way round.",
        why: "Clients drop what they have seen before.",
        example: "`/id` is no longer unique.",
        help: "keep the promise as long as somebody relies on it"
    },
    MONOTONIC = "monotonic" Breaking {
        what: "Values that never decreased may, or the other way round.",
        why: "Clients keep the newest value.",
        example: "`/timestamp` may go back.",
        help: "keep the promise as long as somebody relies on it"
    },
    HEARTBEAT = "heartbeat" Breaking {
        what: "The heartbeat is another: who pings, with what, how often, how soon the answer comes.",
        why: "Each side takes the other for dead.",
        example: "`within: 5s` becomes `within: 30s`.",
        help: "keep the heartbeat, or let the deadlines grow on the side that waits first"
    },
    REPLY = "reply" Breaking {
        what: "A request is answered by other events, or no longer.",
        why: "Whoever asked waits for an answer that does not come.",
        example: "`ping` has no reply any more.",
        help: "send the old answer as well"
    },
    RESUME = "resume" Breaking {
        what: "A client goes on after a lost connection in another way, or can't.",
        why: "Old clients lose what was sent in between.",
        example: "`Last-Event-ID` becomes `X-Resume`.",
        help: "accept the old way as well"
    },
    FILTER = "filter" Breaking {
        what: "The query that filters events is another, or gone.",
        why: "Old clients get what they did not ask for, or nothing.",
        example: "The separator goes from `,` to `;`.",
        help: "accept the old form as well"
    },
    NOISE = "noise" Dangerous {
        what: "Events that came in their turn may come at any time, or the other way round.",
        why: "Consumers that follow the order are not ready for them.",
        example: "`task.updated` is noise now.",
        help: "nothing, where consumers take the event at any time"
    },
    VERSION_NAME = "version-name" Error {
        what: "An event breaks its consumers under its old name, where the contract wants a new one.",
        why: "Consumers can't tell the two apart.",
        example: "`task.updated` changes in a way that its old consumers refuse.",
        help: "publish it under a new name"
    },
    VERSION_FIELD = "version-field" Error {
        what: "An event's payload has changed, and the default or constant of the version's field has not grown.",
        why: "Consumers learn from the field what they may expect.",
        example: "`task.updated` gains `eta`, and `schema_version` still has `default: 1`.",
        help: "raise the version"
    },
    VERSION_NEEDLESS = "version-needless" Note {
        what: "An event has a new name, and its old one would have done.",
        why: "Every name is one more event to send and to read.",
        example: "`task.updated.v2` differs from `task.updated` in an optional member.",
        help: "make the change under the old name"
    },
    API_RUST = "api-rust" Api {
        what: "A caller of the generated Rust may not compile any more.",
        why: "Upgrading takes work, though nothing breaks on the wire.",
        example: "A member becomes optional, and its field an `Option`.",
        help: "say so in the release notes"
    },
    API_TYPESCRIPT = "api-typescript" Api {
        what: "A caller of the generated TypeScript may not compile any more.",
        why: "Upgrading takes work, though nothing breaks on the wire.",
        example: "A member becomes optional.",
        help: "say so in the release notes"
    },
    DOCUMENT_REMOVED = "document-removed" Breaking {
        what: "A document of the old folder is not in the new one, or is no longer a contract.",
        why: "Whoever is built from it has nothing to be built from.",
        example: "`chat/asyncapi.yaml` is gone.",
        help: "keep the document where it was"
    },
    EXCEPTION_EXPIRED = "exception-expired" Error {
        what: "An exception has expired.",
        why: "It was given for a while, and the while is over.",
        example: "`expires: 2024-12-31`.",
        help: "mend what it excuses, or give it another date"
    },
    EXCEPTION_STALE = "exception-stale" Error {
        what: "An exception excuses nothing.",
        why: "It would hide the next finding of its kind.",
        example: "The event is compatible again.",
        help: "take it out of the list"
    },
}

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
