use super::*;

#[track_caller]
fn check(test: fn(&str) -> bool, valid: &[&str], invalid: &[&str]) {
    for text in valid {
        assert!(test(text), "{text:?} should be valid");
    }
    for text in invalid {
        assert!(!test(text), "{text:?} should be invalid");
    }
}

#[test]
fn uuids() {
    check(
        uuid,
        &["2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2EB8AA08-AA98-11EA-B4AA-73B441D16380"],
        &[
            "",
            "2eb8aa08aa9811eab4aa73b441d16380",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638",
            "2eb8aa08-aa98-11ea-b4aa-73b441d1638g",
        ],
    );
}

#[test]
fn date_times() {
    check(
        date_time,
        &[
            "2025-11-13T09:21:05Z",
            "1963-06-19t08:30:06.283185z",
            "1998-12-31T23:59:60Z",
            "1998-12-31T15:59:60.123-08:00",
        ],
        &[
            "2025-11-13 09:21:05Z",
            "2025-11-13T09:21:05",
            "1990-02-31T15:59:59Z",
            "1998-12-31T22:59:60Z",
            "1990-12-31T15:59:59-24:00",
            "1963-06-1\u{09ea}T00:00:00Z",
            "2025-11-13T09:21:05.Z",
        ],
    );
}

#[test]
fn dates() {
    check(
        date,
        &["1963-06-19", "2020-02-29"],
        &["2021-02-29", "06/19/1963", "1998-1-20", "19980120", "199801-200", ""],
    );
}

#[test]
fn uris() {
    check(
        uri,
        &[
            "http://foo.bar/?baz=qux#quux",
            "file:///C:/Containers/a.orbit",
            "urn:oasis:names",
            "ldap://[2001:db8::7]/c=GB?objectClass?one",
            "tel:+1-816-555-1212",
        ],
        &[
            "//foo.bar/",
            "/abc",
            "\\\\WIN",
            "abc",
            "http:// x",
            ":// no scheme",
            "http://a b",
            "bar,baz:foo",
            "http://[::1",
            "https://a%zz",
        ],
    );
}

#[test]
fn durations() {
    check(
        duration,
        &["P4DT12H30M5S", "P4Y", "PT0S", "P1M", "PT1M", "P2W", "P1Y2M", "PT36H"],
        &["", "P", "PT", "P1YT", "4D", "P1D2H", "P2D1Y", "P1W2D", "P1Y2D", "PT1D", "P1", "P\u{09e8}Y"],
    );
}

#[test]
fn emails() {
    check(
        email,
        &[
            "joe.bloggs@example.com",
            "te~st@example.com",
            "\"joe bloggs\"@example.com",
            "\"a@b\"@x.org",
            "joe@[127.0.0.1]",
            "joe@[IPv6:::1]",
        ],
        &[
            "",
            "2962",
            ".test@example.com",
            "te..st@example.com",
            "joe bloggs@example.com",
            "a@b@c.org",
            "joe@[127.0.0.300]",
            "a@-b.org",
        ],
    );
}

#[test]
fn hostnames_and_addresses() {
    check(
        hostname,
        &["www.example.com", "a", "xn--4gbwdl", "1host"],
        &["", "-bad", "bad-", "a_b", "a..b", "a.", &"a".repeat(64)],
    );
    check(
        ipv4,
        &["192.168.0.1", "0.0.0.0"],
        &["127.0.0.0.1", "256.1.1.1", "1.2.3", "087.10.0.1", "0x7f.1.1.1"],
    );
    check(
        ipv6,
        &["::1", "2001:db8::8:800:200c:417a", "::ffff:192.168.0.1"],
        &["12345::", "::1%eth0", "1:2:3", "fe80::a%en1", "::1/64"],
    );
}

#[test]
fn pointers() {
    check(json_pointer, &["", "/", "/foo/bar~0/baz~1/%a"], &["foo", "/foo/~", "/~2", "#"]);
    check(
        relative_json_pointer,
        &["1", "0/foo/bar", "0#", "120/"],
        &["", "/foo", "-1/a", "01/a", "0##", "+1"],
    );
}

#[test]
fn uri_references() {
    check(
        uri_reference,
        &["http://a", "//foo", "/abc", "abc", "#f", "", "url-to-preview"],
        &["\\\\WIN", "#a\\b", "1:b"],
    );
}

#[test]
fn international_host_names() {
    check(
        idn_hostname,
        &[
            "example.com",
            "ab--cd.example",
            "例子.广告",
            "a\u{3002}b",
            "bücher",
            "xn--bcher-kva",
            "XN--BCHER-KVA",
            "l·l",
            "αʹ\u{375}β",
            "\u{5d0}\u{5f3}\u{5d1}",
            "\u{30fb}\u{3041}",
            "\u{628}\u{64a}\u{200c}\u{628}\u{64a}",
            "\u{915}\u{94d}\u{200d}\u{937}",
            "ẹ́",
            "é\u{316}x",
            &"ü".repeat(57),
        ],
        &[
            "",
            ".",
            "a.",
            "\u{3002}",
            "a\u{3002}\u{3002}b",
            "Bücher",
            "-ü",
            "ü-",
            "aa--ü",
            "\u{301}e",
            "a·l",
            "\u{375}a",
            "a\u{5f3}",
            "\u{30fb}a",
            "\u{660}\u{6f0}",
            "\u{915}\u{200d}\u{937}",
            "à\u{5d0}",
            "\u{5d0}a",
            "1\u{5d0}",
            "\u{5d0}-",
            "e\u{301}",
            "e\u{316}\u{301}x",
            "é\u{323}",
            "\u{ff11}\u{ff12}",
            "a\u{200b}b",
            "¡",
            "xn--7a",
            "xn--0ca24w",
            "xn--example-",
            "xn---9uc",
            "xn--X",
            "xn--",
            "xn--99999999999",
            "XN--aa---o47jg78q",
            &"ü".repeat(60),
            &vec!["ü".repeat(50); 5].join("."),
        ],
    );
}

#[test]
fn host_names_in_ascii_stand_for_international_ones() {
    check(
        hostname,
        &["xn--4gbwdl.xn--wgbh1c", "r3---sn-a.example"],
        &["xn--7a", "xn--x", "xn--example-", "é"],
    );
}

#[test]
fn international_emails() {
    check(
        idn_email,
        &["用户@例子.广告", "\"a é\"@x.org", "joe@example.com", "joe@[ipv6:::1]"],
        &["2962", "用户@例子。广告", "é.@x.org", "\"\\é\"@x.org", "用户", "a@\u{301}b"],
    );
    check(email, &["joe@[IPV6:::1]"], &["é@x.org", "\"é\"@x.org", "joe@é.org"]);
}

#[test]
fn iris() {
    check(
        iri,
        &[
            "http://ƒøø.ßår/?∂éœ=πîx#πîüx",
            "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com",
            "http://[::1]/é",
            "http://a/?\u{e000}",
            "http://a/?q?\u{f0000}#é",
            "http://ƒøø/𐌀",
        ],
        &[
            "âππ",
            "/abc",
            "http://a/\u{e000}",
            "http://a/?#\u{e000}",
            "http://\u{e000}",
            "http://a/\u{fffd}\u{fffe}",
            "http://a/\u{1fffe}",
            "http://a/\u{80}",
            "é:a",
            "http://a/é b",
            "http://[v1.é]",
            "http://a:é",
        ],
    );
    check(
        iri_reference,
        &["//ƒøø", "/âππ", "âππ", "#ƒrägmênt", "?\u{e000}"],
        &["#ƒräg\\mênt", "é:b", "\u{e000}"],
    );
    check(uri, &[], &["http://a/é", "http://é", "http://a?\u{e000}"]);
}

#[test]
fn uri_templates() {
    check(
        uri_template,
        &[
            "",
            "http://example.com/dictionary/{term:1}/{term}",
            "{+var}{#var}{.var}{/var}{;var}{?x,y}{&a*}{=a}{|a}",
            "{a.b}{%41}{v:1000}",
            "a%41b'é😀\u{e000}",
        ],
        &[
            "{",
            "}",
            "{}",
            "{a",
            "a}b",
            "{a,,b}",
            "{a,}",
            "{,+a}",
            "{v:0}",
            "{v:01}",
            "{v:10000}",
            "{v:}",
            "{v:1*}",
            "{v**}",
            "{a..b}",
            "{.}",
            "{a=b}",
            "{é}",
            "{%4}",
            "{%GG}",
            "a%",
            "a%4",
            "a%GG",
            "a b",
            "a\u{7f}b",
            "{{a}}",
            "<a>",
            "a|b",
            "a\\b",
        ],
    );
}

#[cfg(feature = "pattern")]
#[test]
fn regular_expressions() {
    check(
        regex,
        &["", "([abc])+\\s+$", "^\\p{L}+$", "(?<year>\\d{4})", "(?<=a)b", "\\u{1f600}"],
        &["^(abc]", "\\a", "a{2,1}", "[z-a]", "(?<a>x)(?<a>y)", "\\p{Nope}", "*", "\\", &"(".repeat(100_000)],
    );
}
