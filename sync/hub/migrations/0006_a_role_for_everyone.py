"""Every account of a hub from before roles gets one: what it could do before, and no more."""

from typing import Any

from django.db import migrations


def give_roles(apps: Any, _schema: object) -> None:
    """Superusers administer; who could read comments manages every site there is; the others look at every site."""
    member, site = apps.get_model("hub", "Member"), apps.get_model("hub", "Site")
    for user in apps.get_model("auth", "User").objects.filter(member=None):
        reads = user.user_permissions.filter(codename="read_comments").exists()
        role = "administrator" if user.is_superuser else "site-manager" if reads else "viewer"
        given = member.objects.create(user=user, role=role, everywhere=role == "viewer")
        if role == "site-manager":
            given.sites.set(site.objects.all())
        user.user_permissions.clear()
        user.is_superuser = user.is_staff = False
        user.save(update_fields=["is_superuser", "is_staff"])


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("hub", "0005_answers_in_parts"),
    ]

    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
