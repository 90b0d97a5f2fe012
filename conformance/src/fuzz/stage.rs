//! A stage: the conversation in the midst of which payloads are sent, and who else is there.

use handfast_codegen::load::Node;
use handfast_codegen::model::{Contract, Side, Transport};
use serde_json::{Value, json};

use super::address::{Address, Values};
use super::script::{Step, Steps, list, member, of_value, step};
use super::subject::{self, Situation, Subject, Way, put};
use super::{Attack, NotBegun};
use crate::generate::Generator;
use crate::session::Protocol;

/// What no event's payload is.
const NO_PAYLOAD: &str = "handfast: what came before has come";

/// The conversation in the midst of which payloads are sent.
#[derive(Debug)]
pub struct Stage {
    /// Where to connect, and as whom.
    pub connect: Value,
    /// What the server says to everybody who comes.
    pub greeting: Steps,
    /// Whether what happens before takes the greeting, too.
    pub is_scripted: bool,
    /// What happens before.
    pub before: Steps,
    /// What a bystander does that is in the same rooms.
    pub beside: Steps,
    /// What a bystander does that is in other rooms.
    pub elsewhere: Steps,
    /// Whether a bystander beside sees nothing while all is quiet.
    pub is_quiet: bool,
    /// Whether there is a bystander at all.
    pub is_watched: bool,
    /// The step that shows that the server has nothing more to say.
    pub barrier: Option<Step>,
    /// The numbers of the subjects.
    pub subject_idxs: Vec<usize>,
}

/// Every stage, and every subject.
///
/// # Errors
/// There is nothing to send, or the session does not fit the contract.
pub fn stages(attack: &Attack<'_>, protocol: &Protocol) -> Result<(Vec<Stage>, Vec<Subject>), NotBegun> {
    let scene = scenes(attack, protocol)?;
    let (mut stages, mut subjects): (Vec<Stage>, Vec<Subject>) = (Vec::new(), Vec::new());
    let mut taken = Vec::new();
    for (channel_idx, mut connect, steps) in scene {
        if let Some(address) = Address::new(protocol, channel_idx, &connect, &steps, true) {
            connect["parameters"] = named(&address.usual);
        }
        for sent in subject::events(protocol, channel_idx) {
            let name = &protocol.contract[sent.1].name;
            let is_wanted = attack.options.events.is_empty() || attack.options.events.contains(name);
            let is_new = !taken.contains(&(sent.0, sent.1));
            if !is_wanted || !is_new {
                continue;
            }
            taken.push((sent.0, sent.1));
            let situation = situation(attack, protocol, &steps, name, channel_idx);
            let is_refusable = attack.options.refusable.contains(name);
            if matches!(&sent.2, Way::Request { method, .. } if method == "GET") {
                continue;
            }
            let Some(mut subject) = Subject::new(protocol, sent, &connect, &situation, is_refusable) else {
                continue;
            };
            let is_single = subject.is_single(&protocol.contract);
            let same = stages.iter().position(|stage: &Stage| {
                stage.connect == connect && stage.before == situation.steps && !is_single
            });
            let stage_idx = same.unwrap_or_else(|| {
                let address = Address::new(protocol, channel_idx, &connect, &steps, true);
                subject.addresses.extend(address);
                stages.push(stage(protocol, channel_idx, &connect, &situation, attack.session.is_some()));
                stages.len() - 1
            });
            stages[stage_idx].subject_idxs.push(subjects.len());
            subjects.push(subject);
        }
    }
    if subjects.is_empty() {
        let known: Vec<&str> = protocol
            .contract
            .direction(Side::Client)
            .iter()
            .map(|event| protocol.contract[*event].name.as_str())
            .collect();
        let help = format!("events of clients are: {}", known.join(", "));
        return Err(NotBegun::call("there is no event of a client with a payload to send", help));
    }
    Ok((stages, subjects))
}

/// Values of parameters as a session has them.
pub fn named(values: &Values) -> Value {
    values.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
}

/// Where to connect, with the steps of the session.
fn scenes(attack: &Attack<'_>, protocol: &Protocol) -> Result<Vec<(usize, Value, Steps)>, NotBegun> {
    let channels = protocol.contract.channels.iter();
    let by_key = |key: &str| channels.clone().position(|channel| channel.key == key);
    let Some(root) = &attack.session else {
        let chosen = match &attack.channel {
            Some(key) => vec![by_key(key).ok_or_else(|| {
                let known: Vec<_> = channels.clone().map(|channel| channel.key.as_str()).collect();
                NotBegun::call(format!("`{key}` is no channel"), format!("known are: {}", known.join(", ")))
            })?],
            None => listening(&protocol.contract),
        };
        let connect = |idx: usize| {
            let channel = &protocol.contract.channels[idx];
            let mut connect = json!({ "channel": channel.key });
            if !attack.query.is_empty() {
                connect["query"] =
                    attack.query.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
            }
            if let Some(token) = &attack.token {
                connect["token"] = json!(token);
            }
            connect
        };
        return Ok(chosen.into_iter().map(|idx| (idx, connect(idx), Steps::new())).collect());
    };
    let session = root.to_value();
    let connect = session["connect"].clone();
    let idx = connect["channel"].as_str().and_then(by_key);
    let idx =
        idx.ok_or_else(|| NotBegun::call("the session names no channel of this contract", "name another"))?;
    let steps = session["steps"].as_array().into_iter().flatten().map(of_value).collect();
    Ok(vec![(idx, connect, steps)])
}

/// The channels on which a client can be while it sends something.
fn listening(contract: &Contract) -> Vec<usize> {
    let all = contract.channels.iter().enumerate();
    let is_open = |channel: &handfast_codegen::model::Channel| match channel.transport {
        Transport::Sse => !channel.sends.is_empty(),
        _ => !channel.receives.is_empty(),
    };
    let mut open: Vec<usize> = all.filter(|(_, channel)| is_open(channel)).map(|(idx, _)| idx).collect();
    // What travels by HTTP is sent from where the most can be seen of it: a stream, else wherever there is something to see.
    open.sort_by_key(|idx| contract.channels[*idx].transport != Transport::Sse);
    open
}

/// What has happened when `name` is sent: what the session does until it sends it itself, or all that it does.
fn situation(
    attack: &Attack<'_>,
    protocol: &Protocol,
    steps: &Steps,
    name: &str,
    channel_idx: usize,
) -> Situation {
    const LAST: [&str; 4] = ["close", "disconnect", "refused", "resume"];
    let sends = |step: &Step| member(step, "send").and_then(Value::as_str) == Some(name);
    let ends = |step: &Step| step.first().is_some_and(|(key, _)| LAST.contains(&key.as_str()));
    let until = steps.iter().position(|step| sends(step) || ends(step)).unwrap_or(steps.len());
    let payload = steps.get(until).filter(|step| sends(step)).and_then(|step| member(step, "data")).cloned();
    let token = attack.session.as_ref().and_then(|root| {
        root.pointer("/connect/token")
            .and_then(Node::as_str)
            .filter(|token| token.starts_with('$'))
            .map(ToOwned::to_owned)
    });
    let mut situation = Situation {
        steps: steps[..until].to_vec(),
        payload,
        token: token.or_else(|| attack.token.clone()),
        rooms: Vec::new(),
    };
    if attack.session.is_none() {
        situation.steps = entering(protocol, channel_idx, 0);
    }
    situation.rooms = entered(&protocol.contract, &situation.steps);
    situation
}

/// Enters a room of each kind, the one that `number` draws.
fn entering(protocol: &Protocol, channel_idx: usize, number: u64) -> Steps {
    let contract = &protocol.contract;
    let receives = protocol.direction(channel_idx, Side::Client);
    let mut steps = Steps::new();
    for (name, pointer) in contract.rules.rooms.iter().filter_map(|room| room.enter.first()) {
        let Some(event) = receives.iter().find(|event| contract[**event].name == *name) else { continue };
        let Some(schema) = contract[*event].payload else { continue };
        let Ok(generator) = Generator::new(&protocol.plan, &contract.schemas, schema) else { continue };
        let drawn = |seed| generator.valid_in(crate::generate::Style::Minimal, seed);
        let first = drawn(1);
        let other = || (2..20).map(drawn).find(|payload| payload.pointer(pointer) != first.pointer(pointer));
        let Some(payload) = (if number == 0 { Some(first.clone()) } else { other() }) else { continue };
        steps.push(step("send", name.as_str(), [("data", super::script::sent(&payload))]));
        let reply = contract.exchange(*event).and_then(|exchange| exchange.replies.first());
        steps.extend(reply.map(|reply| step("eventually", contract[*reply].name.as_str(), [])));
    }
    steps
}

/// The rooms that `steps` enter.
fn entered(contract: &Contract, steps: &[Step]) -> Vec<(String, Value)> {
    let rooms = steps.iter().filter_map(|step| {
        let name = member(step, "send")?.as_str()?;
        let pointer = contract.rules.rooms.iter().find_map(|room| room.enter.get(name))?;
        Some((pointer.clone(), member(step, "data")?.pointer(pointer)?.clone()))
    });
    rooms.collect()
}

fn stage(
    protocol: &Protocol,
    channel_idx: usize,
    connect: &Value,
    situation: &Situation,
    is_scripted: bool,
) -> Stage {
    let contract = &protocol.contract;
    let rooms = &contract.rules.rooms;
    let enters = |step: &&Step| {
        let name = member(step, "send").and_then(Value::as_str);
        name.is_some_and(|name| rooms.iter().any(|room| room.enter.contains_key(name)))
    };
    let answered = |step: &Step| {
        let reply = member(step, "send").and_then(Value::as_str).and_then(|name| {
            let event = contract.event(Side::Client, name)?;
            contract.exchange(event)?.replies.first()
        });
        let reply = reply.map(|reply| self::step("eventually", contract[*reply].name.as_str(), []));
        std::iter::once(step.clone()).chain(reply)
    };
    let beside: Steps = situation.steps.iter().filter(enters).flat_map(answered).collect();
    let refusal = contract.rules.refusal.as_ref().and_then(|refusal| refusal.event.as_deref());
    let mut sends =
        protocol.direction(channel_idx, Side::Server).iter().map(|event| contract[*event].name.as_str());
    let is_stream = contract.channels[channel_idx].transport == Transport::Sse;
    let quiet = sends.rfind(|name| Some(*name) != refusal && !is_stream);
    Stage {
        connect: connect.clone(),
        greeting: Steps::new(),
        is_scripted,
        before: situation.steps.clone(),
        elsewhere: if beside.is_empty() { Steps::new() } else { entering(protocol, channel_idx, 1) },
        beside,
        is_quiet: true,
        is_watched: true,
        barrier: quiet.map(|name| step("never", name, [("data", json!(NO_PAYLOAD))])),
        subject_idxs: Vec::new(),
    }
}

impl Stage {
    /// The steps before everything that is sent.
    pub fn opening(&self) -> Steps {
        let greeting = if self.is_scripted { &[][..] } else { &self.greeting };
        greeting.iter().chain(&self.before).chain(&self.barrier).cloned().collect()
    }

    /// The same stage without anybody on it: nothing is done, and nobody looks on.
    pub fn bare(&self) -> Self {
        Self {
            connect: self.connect.clone(),
            greeting: Steps::new(),
            is_scripted: false,
            before: Steps::new(),
            beside: Steps::new(),
            elsewhere: Steps::new(),
            is_quiet: true,
            is_watched: false,
            barrier: self.barrier.clone(),
            subject_idxs: Vec::new(),
        }
    }

    /// The bystander of a session whose payloads are all refused, or not.
    pub fn bystander(&self, is_refused: bool) -> Option<Value> {
        if !self.is_watched {
            return None;
        }
        let steps = if is_refused { &self.beside } else { &self.elsewhere };
        let steps = [self.greeting.as_slice(), steps].concat();
        let mut bystander = json!({ "steps": list(&steps) });
        if !(is_refused && self.is_quiet) {
            bystander["unmatched"] = json!("allow");
        }
        Some(bystander)
    }

    /// What is asked of a server to see whether its state is the same: `payload` with the values of the conversation.
    pub fn question(subject: &Subject, payload: &Value) -> Value {
        let mut payload = super::script::sent(payload);
        subject.pins.iter().for_each(|(pointer, value)| put(&mut payload, pointer, value));
        payload
    }
}
