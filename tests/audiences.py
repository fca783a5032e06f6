"""Who may open which address, decided by hand. An address that is not here fails `test_house`.

everybody: without an account. browser: only with a draft begun in this browser. code: only with a proven access code.
A page of `reports.permissions.PAGES`: those whom the table names. staff: who is logged in at the admin; what is
shown there is the admin's own to decide, by the permissions of `admin.py`.
"""

AUDIENCES = {
    "health": "everybody",
    "intake:start": "everybody",
    "intake:begin": "everybody",
    "intake:leave": "everybody",
    "intake:check": "browser",
    "intake:submit": "browser",
    "intake:sent": "browser",
    "intake:stop": "browser",
    "intake:callback": "browser",
    "intake:discard": "browser",
    "intake:step": "browser",
    "intake:later": "browser",
    "intake:hide": "browser",
    "intake:resume": "everybody",
    "status:find": "everybody",
    "status:show": "code",
    "status:answer": "code",
    "status:add": "code",
    "status:contact": "code",
    "status:withdraw": "code",
    "status:close": "everybody",
    "paper:copy": "browser",
    "paper:official": "code",
    "review:queue": "review.queue",
    "review:show": "review.queue",
    "review:reveal": "review.queue",
    "review:decide": "review.queue",
    "review:paper": "review.queue",
    "alerts:show": "alerts.show",
    "alerts:read": "alerts.show",
    "alerts:choose": "alerts.show",
    "translating:desk": "translating.desk",
    "translating:show": "translating.desk",
    "translating:write": "translating.desk",
    "translating:unneeded": "translating.desk",
    "translating:ask": "review.queue",
    "files:show": "review.queue",
    "files:view": "review.queue",
    "files:download": "review.queue",
    "export:download": "export.download",
    "counts:week": "counts.week",
    "texts:choose": "texts.choose",
    "texts:edit": "texts.choose",
}
# The admin's own addresses, by what they begin with.
ADMIN = {
    "admin:accounts_user_": "accounts",
    "admin:auth_user_password_change": "accounts",
    "admin:reports_report_": "review.queue",
    "admin:reports_auditevent_": "audit",
    "admin:reports_": "workshop",
}
# Of the admin's frame; the login is open, all else asks for it.
STAFF = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
    "",
}
