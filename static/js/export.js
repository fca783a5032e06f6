// Looks every two seconds how far an export is, and shows it. Without it, "Look again" does the same.
const PAUSE = 2000;

async function look() {
    const now = document.getElementById("export-now");
    try {
        const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
        if (answer.ok && !answer.redirected) {
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const fresh = page.getElementById("export-now");
            if (!fresh || !("atWork" in fresh.dataset)) {
                location.reload();
                return;
            }
            for (const part of ["h2", "progress", "p"]) {
                const [old, next] = [now.querySelector(part), fresh.querySelector(part)];
                if (old.outerHTML !== next.outerHTML) {
                    old.replaceWith(document.importNode(next, true));
                }
            }
        }
    } catch {
        // The network is away: look again later.
    }
    setTimeout(look, PAUSE);
}

if (document.querySelector("#export-now[data-at-work]")) {
    setTimeout(look, PAUSE);
}
