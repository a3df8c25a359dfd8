"""The hub: the centre that ships here. Devices, surveys, responses and the results that lead to change.

====================  ===================================================================================================
:mod:`doors`          where machines knock: FHIR R4, pairing, tokens, health reports, settings
:mod:`pages`          what staff see
:mod:`models`         what is kept
:mod:`taking_in`      responses on their way in: judged, kept once; also from a stick
:mod:`counts`         sheets of counts, and what of them may be shown
:mod:`analysis`       figures, charts, comparisons, who is heard
:mod:`words`          people's own words, and whole responses taken away
:mod:`people`         staff: accounts, roles, the second step, the record
:mod:`places`         sites and devices, and what they are told
:mod:`reporting`      the month's return and the month's report
:mod:`running`        health, metrics, backup, retention, work that comes due
:mod:`fill`           invented answers, to try a hub out
====================  ===================================================================================================

Beside them stands what every hub starts with: settings, addresses, the server and its guards. Surveys and answers are judged by
:mod:`kiosk`'s core alone, the same code the device runs. Nothing of the device half, no Qt. Answers are never logged.
"""
