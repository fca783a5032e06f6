"""A member of staff at a served product, over HTTP."""

from http.cookiejar import Cookie

from django.urls import reverse

from tests.product import Product
from tests.remote import Answer, HttpClient
from tests.scale.inside import call


class StaffClient(HttpClient):
    """A browser that has logged in."""

    def __init__(self, product: Product, username: str) -> None:
        super().__init__(product.url)
        self.take_cookie("staff", product.ask(call("log_in", username)))

    def take_cookie(self, name: str, value: str) -> None:
        """Put a cookie of the product's into the jar."""
        shape = {"version": 0, "port": None, "port_specified": False, "path": "/", "path_specified": True}
        where = {"domain": "localhost.local", "domain_specified": False, "domain_initial_dot": False}
        rest = {"secure": False, "expires": None, "discard": True, "comment": None, "comment_url": None, "rest": {}}
        self.cookies.set_cookie(Cookie(name=name, value=value, **shape, **where, **rest))  # type: ignore[arg-type]

    def see(self, name: str, *args: object, query: str = "") -> Answer:
        """Open a page that must be there."""
        answer = self.get(reverse(name, args=args) + query)
        assert answer.status_code == 200, (name, answer.status_code, answer.text[:2000])
        return answer

    def press(self, name: str, *args: object, **fields: str) -> Answer:
        """Post to a page that must take it."""
        answer = self.post(reverse(name, args=args), fields)
        assert answer.status_code in {200, 302}, (name, answer.status_code, answer.text[:2000])
        return answer
