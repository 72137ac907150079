from tests.commands import ceasefire

__all__ = ["ceasefire"]
