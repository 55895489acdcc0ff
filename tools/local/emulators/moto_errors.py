"""Turns what moto lacks into an error the provider reports at once, instead of a server error it retries."""
import logging
import traceback

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from werkzeug.exceptions import HTTPException


class NotEmulated(ServiceException):
    """400, so that no client retries."""

    __module__ = "bench"  # moto takes a module that begins with its own name for one of its services
    code = "NotEmulated"
    status_code = 400


def apply():
    call = BaseResponse.call_action

    def call_action(self):
        try:
            return call(self)
        except (ServiceException, HTTPException):
            raise
        except Exception as error:
            logging.getLogger("bench").error("%s", traceback.format_exc())
            what = f"the emulated {self.service_name} cannot do {self._get_action()}: {type(error).__name__}: {error}"
            status, headers, body = self.serialized(ActionResult(NotEmulated(what)))
            return status, headers, body

    BaseResponse.call_action = call_action
