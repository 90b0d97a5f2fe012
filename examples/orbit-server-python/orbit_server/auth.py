"""The Bearer token: in `Authorization`, or for browsers' WebSockets among the offered subprotocols."""

import base64
import hmac
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

PROTOCOL = "orbit.v1"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def require_token(token: str) -> Callable[[Handler], Handler]:
    """Makes a decorator that answers 401 to requests without the token."""
    authorization = _bytes(token)
    # Encoding the expected token once is stricter than decoding the offered one: there is one way to write it.
    subprotocol = b"bearer." + base64.urlsafe_b64encode(_bytes(token)).rstrip(b"=")

    def is_authorized(request: web.Request) -> bool:
        scheme, _, credentials = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(_bytes(credentials.strip()), authorization):
            return True
        return any(hmac.compare_digest(_bytes(offer), subprotocol) for offer in _bearer_offers(request))

    def decorator(handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            if is_authorized(request):
                return await handler(request)
            headers = {hdrs.WWW_AUTHENTICATE: "Bearer"}
            return web.json_response({"error": "the Bearer token is missing or wrong"}, status=401, headers=headers)

        return guarded

    return decorator


def _bearer_offers(request: web.Request) -> list[str]:
    """The tokens among the subprotocols, which count only beside the one that the server can accept."""
    values = request.headers.getall(hdrs.SEC_WEBSOCKET_PROTOCOL, [])
    offers = [offer.strip() for value in values for offer in value.split(",")]
    return [offer for offer in offers if offer.startswith("bearer.")] if PROTOCOL in offers else []


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
