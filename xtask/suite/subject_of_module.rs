
pub(crate) const SUBJECT: ::subject::Subject = ::subject::Subject {
    is_valid: |value| Root::is_valid(value),
    validate: |value| Root::validate(value).is_ok(),
    from_slice: |bytes| ::subject::written(Root::from_slice(bytes).ok().map(|root| root.to_vec().ok())),
    deserialize: |bytes| {
        ::subject::written(::subject::serde_json::from_slice::<Root>(bytes).ok().map(|root| root.to_vec().ok()))
    },
};
