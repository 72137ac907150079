"""A second opinion, off by default: an endpoint is asked about claims on which two careful readers might differ.

    advisor = Advisor(ChatEndpoint(url="http://localhost:8080/v1", model="local", key=None))
    readings, opinions = advisor.consult(reports, readings, now)

It may make a borderline claim sure, or take it back as no report of an event. It never fills a slot, and never makes a
claim: what the vocabularies did not find stays unfound.
"""

from monitor.opinion.consulting import Advisor
from monitor.opinion.endpoint import ChatEndpoint, Endpoint, Reply

__all__ = ["Advisor", "ChatEndpoint", "Endpoint", "Reply"]
