"""Addresses for signing in, for one's own account, for people and for what they did."""

from django.urls import path

from sync.hub.pages import accounts, invited, people, record, second_step

PATHS = [
    path("sign-in", accounts.SignIn.as_view(), name="account_login"),  # the library's name for it
    path("sign-in", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-in/second-step", second_step.SecondStep.as_view(), name="mfa_authenticate"),
    path("oidc/<str:provider_id>", accounts.service, name="openid_connect_login"),
    path("oidc/<str:provider_id>/callback", accounts.service_done, name="openid_connect_callback"),
    path("sign-out", accounts.SignOut.as_view(), name="sign-out"),
    path("set-up/<str:code>", accounts.set_up, name="set-up"),
    path("invitation/<str:token>", invited.invitation, name="invitation"),
    path("new-password/<str:who>/<str:token>", invited.new_password, name="new-password"),
    path("your-account", accounts.ChangePassword.as_view(), name="your-account"),
    path("your-account/sessions/end", accounts.end_session, name="end-session"),
    path("your-account/second-step", second_step.second_step, name="second-step"),
    path("your-account/second-step/remove", second_step.remove_phone, name="remove-phone"),
    path("your-account/recovery-codes", second_step.recovery_codes, name="recovery-codes"),
    path("your-account/passkeys/add", second_step.add_passkey, name="add-passkey"),
    path("your-account/passkeys/<int:pk>/remove", second_step.remove_passkey, name="remove-passkey"),
    path("people", people.listing, name="people"),
    path("people/invite", people.invite, name="invite-person"),
    path("people/invitations/<int:pk>/withdraw", people.withdraw, name="withdraw-invitation"),
    path("people/<int:pk>", people.person, name="person"),
    path("people/<int:pk>/close", people.close, name="person-close"),
    path("people/<int:pk>/sign-out", people.sign_out, name="person-sign-out"),
    path("people/<int:pk>/reset-second-step", people.reset_second_step, name="person-reset-second-step"),
    path("people/<int:pk>/new-password", people.new_password, name="person-new-password"),
    path("staff-actions", record.staff_actions, name="staff-actions"),
    path("staff-actions.csv", record.as_csv, name="staff-actions-csv"),
]
