"""Sign in and out, the first account, and one's own: password, second step, and where one is signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST

from sync.hub.errors import AccountRefused
from sync.hub.people import access, accounts, actions, second_factor, sessions, tries

PAUSED = "Too many wrong tries. Wait ten minutes, then try again."
LENGTH_HINT = "At least 12 letters or signs. Three words you can remember are good."
AGAIN = "The same password again"
WRONG = "This name and password do not fit together. Check both and try again."
MOST_FROM_EVERYWHERE = 100
"""Wrong tries for one name from all addresses together: many machines guess no faster than one."""

PASSWORDS = "sync.hub.people.access.PasswordBackend"


class SignInForm(AuthenticationForm):
    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"


class SignIn(LoginView):
    """Name and password, then the second step; after ten wrong tries from one address for one name, a pause."""

    template_name = "hub/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"service": settings.HUB_SIGN_IN_SERVICE}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if tries.spent("sign-in", self._who()) or tries.spent("sign-in-anywhere", self._name(), MOST_FROM_EVERYWHERE):
            form = self.form_class(request) if self.form_class else SignInForm(request)
            return self.render_to_response(self.get_context_data(form=form, paused=PAUSED), status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        tries.forgive("sign-in", self._who())
        user = form.get_user()
        reply: HttpResponse = perform_login(self.request, user, redirect_url=self.get_success_url())
        if self.request.user.is_authenticated:  # else the second step is asked first
            actions.note(user, "Signed in")
        return reply

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        tries.failed("sign-in", self._who())
        tries.failed("sign-in-anywhere", self._name())
        return super().form_invalid(form)

    def _who(self) -> str:
        return f"{self.request.META.get('REMOTE_ADDR')} {self._name()}"

    def _name(self) -> str:
        return self.request.POST.get("username", "").lower()


class NewPasswordTwice(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label="Password", help_text=LENGTH_HINT, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(label=AGAIN, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))

    def clean(self) -> dict[str, object] | None:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", "The two passwords differ. Type them again.")
        return given


class FirstAccount(NewPasswordTwice):
    name = forms.CharField(
        label="Your name for signing in", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    field_order = ("name", "password", "again")


def set_up(request: HttpRequest, code: str) -> HttpResponse:
    """Make the first account, with the code the hub printed when it started; its second step comes next."""
    if not accounts.opens_set_up(code):
        raise Http404
    form = FirstAccount(request.POST or None)
    if form.is_valid():
        try:
            user = accounts.add(form.cleaned_data["name"], form.cleaned_data["password"], accounts.ADMINISTRATOR)
        except AccountRefused as problem:
            form.add_error("password", str(problem))
        else:
            login(request, user, PASSWORDS)
            actions.note(user, "Made the first account")
            return redirect("home")
    return render(request, "hub/set_up.html", {"form": form})


class NewPassword(PasswordChangeForm):
    """Django's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)  # there is more on the page
        self.fields["new_password1"].help_text = LENGTH_HINT
        self.fields["new_password2"].label, self.fields["new_password2"].help_text = AGAIN, ""


class ChangePassword(SuccessMessageMixin, PasswordChangeView):  # type: ignore[type-arg]
    """Your account: what you may do, the second step, where you are signed in, and a new password."""

    form_class = NewPassword
    template_name = "hub/your_account.html"
    success_url = reverse_lazy("your-account")
    success_message = "Your password was changed. Everywhere else you are signed out."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, this = self.request.user, self.request.session.session_key
        assert isinstance(user, User)  # noqa: S101 - the view asks for it
        found: dict[str, Any] = {
            "member": access.member_of(user),
            "sessions": sessions.of(user, this),
            "everywhere": access.reach(user) is None,
        }
        found |= {"sites": access.sites(user), "has_second_step": second_factor.has(user)}
        return super().get_context_data(**kwargs) | found

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        actions.note(self.request.user, "Changed the own password")
        reply = super().form_valid(form)
        sessions.end_all(form.user, but=self.request.session.session_key)
        return reply


@require_POST
@login_required
def end_session(request: HttpRequest) -> HttpResponse:
    """End one of the own sessions, or all the others."""
    assert request.user.is_authenticated  # noqa: S101 - login_required
    mark = request.POST.get("mark", "")
    if mark == "others":
        ended = sessions.end_all(request.user, but=request.session.session_key) > 0
    else:
        ended = sessions.end(request.user, mark)
    if ended:
        actions.note(request.user, "Signed out elsewhere")
        messages.success(request, "You are signed out there.")
    return redirect("your-account")


class SignOut(LogoutView):
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            actions.note(request.user, "Signed out")
        return super().post(request, *args, **kwargs)


@require_http_methods(["GET"])
def service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the other sign-in service, where there is one."""
    from allauth.socialaccount.providers.openid_connect.views import login as leave

    reply: HttpResponse = leave(request, provider_id)
    return reply


@require_http_methods(["GET"])
def service_done(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it."""
    from allauth.socialaccount.providers.openid_connect.views import callback

    reply: HttpResponse = callback(request, provider_id)
    if request.user.is_authenticated:
        actions.note(request.user, f"Signed in with {settings.HUB_SIGN_IN_SERVICE}")
    return reply
