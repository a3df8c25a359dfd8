"""Sign in, the first account, one's own password, and the record of what staff did."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from sync.hub import accounts, actions, tries
from sync.hub.errors import AccountRefused
from sync.hub.models import StaffAction

PAUSED = "Too many wrong tries. Wait ten minutes, then try again."
LENGTH_HINT = "At least 12 letters or signs. Three words you can remember are good."
AGAIN = "The same password again"
WRONG = "This name and password do not fit together. Check both and try again."


class SignInForm(AuthenticationForm):
    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Name"


class SignIn(LoginView):
    """Name and password; after ten wrong tries from one address for one name, a pause."""

    template_name = "hub/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if tries.spent("sign-in", self._who()):
            form = self.form_class(request) if self.form_class else SignInForm(request)
            return self.render_to_response({"form": form, "paused": PAUSED}, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        tries.forgive("sign-in", self._who())
        actions.note(form.get_user(), "Signed in")
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        tries.failed("sign-in", self._who())
        return super().form_invalid(form)

    def _who(self) -> str:
        return f"{self.request.META.get('REMOTE_ADDR')} {self.request.POST.get('username', '').lower()}"


class FirstAccount(forms.Form):
    name = forms.CharField(label="Your name for signing in", max_length=150)
    password = forms.CharField(label="Password", help_text=LENGTH_HINT, widget=forms.PasswordInput)
    again = forms.CharField(label=AGAIN, widget=forms.PasswordInput)

    def clean(self) -> dict[str, object] | None:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", "The two passwords differ. Type them again.")
        return given


def set_up(request: HttpRequest, code: str) -> HttpResponse:
    """Make the first account, with the code the hub printed when it started."""
    if not accounts.opens_set_up(code):
        raise Http404
    form = FirstAccount(request.POST or None)
    if form.is_valid():
        try:
            user = accounts.add(form.cleaned_data["name"], form.cleaned_data["password"])
        except AccountRefused as problem:
            form.add_error("password", str(problem))
        else:
            login(request, user)
            actions.note(user, "Made the first account")
            return redirect("home")
    return render(request, "hub/set_up.html", {"form": form})


class NewPassword(PasswordChangeForm):
    """Django's form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = LENGTH_HINT
        self.fields["new_password2"].label, self.fields["new_password2"].help_text = AGAIN, ""


class ChangePassword(SuccessMessageMixin, PasswordChangeView):  # type: ignore[type-arg]
    form_class = NewPassword
    template_name = "hub/your_account.html"
    success_url = reverse_lazy("your-account")
    success_message = "Your password was changed."

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        actions.note(self.request.user, "Changed the own password")
        return super().form_valid(form)


class SignOut(LogoutView):
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated:
            actions.note(request.user, "Signed out")
        return super().post(request, *args, **kwargs)


@require_safe
@login_required
@permission_required("hub.read_staff_actions", raise_exception=True)
def staff_actions(request: HttpRequest) -> HttpResponse:
    """What staff did, the newest first."""
    pages = Paginator(StaffAction.objects.select_related("who"), 100)
    return render(request, "hub/staff_actions.html", {"page": pages.get_page(request.GET.get("page"))})
