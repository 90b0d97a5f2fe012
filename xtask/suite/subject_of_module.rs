
pub(crate) const SUBJECT: ::subject::Subject = ::subject::Subject {
    is_valid: |value| Root::is_valid(value),
    validate: |value| Root::validate(value),
    from_slice: |bytes, value| {
        ::subject::round_trip(bytes, value, |bytes| Root::from_slice(bytes).ok(), |root| root.to_vec().ok())
    },
    deserialize: |bytes, value| {
        let read = |bytes: &[u8]| ::subject::serde_json::from_slice::<Root>(bytes).ok();
        ::subject::round_trip(bytes, value, read, |root| root.to_vec().ok())
    },
};
