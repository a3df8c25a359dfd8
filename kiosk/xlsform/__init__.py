"""XLSForm to FHIR: the sheets of a form builder's workbook (ODK, Kobo, Survey123) to a Questionnaire, as plain values.

What belongs here: the meaning of types, expressions and columns. Not here: opening the file (kiosk.cli.survey_import does).
Whatever a form asks for that a kiosk cannot do is refused with its place and a remedy, and never half understood; what would
tell who somebody is is left out (S156).
"""

from kiosk.xlsform.converting import Converted, convert
from kiosk.xlsform.remarks import Remark
from kiosk.xlsform.sheets import Rows

__all__ = ["Converted", "Remark", "Rows", "convert"]
