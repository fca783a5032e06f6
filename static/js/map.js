/* Comfort only: sets a mark on the map of the areas by touch, mouse or keyboard, and chooses its area in the list.
   Without it the list serves. Which area a mark is in, the server decides. */
(function () {
    "use strict";

    var box = document.querySelector("[data-map]");
    var svg = box && box.querySelector("svg.map");
    if (!svg || !svg.createSVGPoint || !svg.getScreenCTM) { return; }

    var frame = box.querySelector("[data-frame]");
    var said = box.querySelector("[data-said]");
    var remove = box.querySelector("[data-remove]");
    var nearer = box.querySelector("[data-zoom='1']");
    var wider = box.querySelector("[data-zoom='-1']");
    var pinDrawn = svg.querySelector(".map-pin");
    var crossDrawn = svg.querySelector(".map-cross");
    var names = svg.querySelector(".map-names");
    var outlines = Array.prototype.slice.call(svg.querySelectorAll(".map-areas path"));
    var latitude = box.querySelector("input[name=latitude]");
    var longitude = box.querySelector("input[name=longitude]");
    var list = document.querySelector("select[name=area]");
    var whole = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
    var west = Number(box.dataset.west), north = Number(box.dataset.north);
    var perLongitude = Number(box.dataset.perLongitude), perLatitude = Number(box.dataset.perLatitude);
    var FARTHEST = 5;   /* as often as one can double the size */
    var NAMES_FROM = 2; /* where names of areas fit into them */
    var STEPS = 40;     /* arrow presses across what is seen */

    var zoom = 0;
    var middle = { x: whole.width / 2, y: whole.height / 2 };
    var pin = null;
    var cross = null;

    function typed() {
        if (!latitude.value || !longitude.value || isNaN(latitude.value) || isNaN(longitude.value)) { return null; }
        return { x: (longitude.value - west) * perLongitude, y: (north - latitude.value) * perLatitude };
    }

    function outlineAt(place) {
        var point = svg.createSVGPoint();
        point.x = place.x;
        point.y = place.y;
        return outlines.find(function (each) { return each.isPointInFill && each.isPointInFill(point); }) || null;
    }

    function nameOf(outline) { return outline.querySelector("title").textContent; }

    function say(words) { said.textContent = words; }

    function within(value, low, high) { return Math.min(Math.max(value, low), high); }

    /* Everything that keeps its size while the map grows is drawn smaller by as much. */
    function draw() {
        var factor = Math.pow(2, zoom);
        var width = whole.width / factor, height = whole.height / factor;
        middle.x = within(middle.x, width / 2, whole.width - width / 2);
        middle.y = within(middle.y, height / 2, whole.height - height / 2);
        svg.setAttribute("viewBox", [middle.x - width / 2, middle.y - height / 2, width, height].join(" "));
        place(pinDrawn, pin, 5 / factor);
        place(crossDrawn, cross, 2 / factor);
        names.setAttribute("display", zoom >= NAMES_FROM ? "inline" : "none");
        names.setAttribute("font-size", 64 / factor);
        nearer.disabled = zoom === FARTHEST;
        wider.disabled = zoom === 0;
        remove.hidden = !latitude.value && !longitude.value;
        outlines.forEach(function (each) {
            each.classList.toggle("map-chosen", Boolean(list) && each.dataset.area === list.value);
        });
    }

    function place(drawn, at, scale) {
        drawn.setAttribute("display", at ? "inline" : "none");
        if (at) { drawn.setAttribute("transform", "translate(" + at.x + " " + at.y + ") scale(" + scale + ")"); }
    }

    /* The map moves along when a mark comes near the edge of what is seen. */
    function follow(at) {
        var factor = Math.pow(2, zoom);
        var width = whole.width / factor, height = whole.height / factor;
        if (Math.abs(at.x - middle.x) > width * 0.3 || Math.abs(at.y - middle.y) > height * 0.3) {
            middle = { x: at.x, y: at.y };
        }
    }

    function set(at) {
        var outline = outlineAt(at);
        pin = { x: at.x, y: at.y };
        latitude.value = (north - at.y / perLatitude).toFixed(5);
        longitude.value = (west + at.x / perLongitude).toFixed(5);
        if (outline && list) { list.value = outline.dataset.area; }
        follow(pin);
        draw();
        say(outline ? said.dataset.in.replace("{area}", nameOf(outline)) : said.dataset.out);
    }

    function clear() {
        pin = null;
        latitude.value = "";
        longitude.value = "";
        say("");
        draw();
        frame.focus();
    }

    function hideCross() {
        cross = null;
        draw();
    }

    frame.addEventListener("click", function (event) {
        var point = svg.createSVGPoint();
        point.x = event.clientX;
        point.y = event.clientY;
        point = point.matrixTransform(svg.getScreenCTM().inverse());
        cross = null;
        set({ x: within(point.x, 0, whole.width), y: within(point.y, 0, whole.height) });
    });

    var MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

    frame.addEventListener("keydown", function (event) {
        var move = MOVES[event.key];
        if (event.altKey || event.ctrlKey || event.metaKey) { return; }
        if (move) {
            event.preventDefault();
            step(move);
        } else if (event.key === "Enter" || event.key === " ") {
            event.preventDefault();
            set(cross || pin || middle);
        } else if (event.key === "+" || event.key === "-") {
            event.preventDefault();
            change(event.key === "+" ? 1 : -1);
        }
    });
    frame.addEventListener("blur", hideCross);

    function step(move) {
        var length = whole.width / Math.pow(2, zoom) / STEPS;
        var from = cross || pin || middle;
        cross = {
            x: within(from.x + move[0] * length, 0, whole.width),
            y: within(from.y + move[1] * length, 0, whole.height)
        };
        follow(cross);
        draw();
        var outline = outlineAt(cross);
        say(outline ? nameOf(outline) : said.dataset.overNothing);
    }

    function change(by) {
        zoom = within(zoom + by, 0, FARTHEST);
        if (cross || pin) { middle = { x: (cross || pin).x, y: (cross || pin).y }; }
        draw();
    }

    nearer.addEventListener("click", function () { change(1); });
    wider.addEventListener("click", function () { change(-1); });
    remove.addEventListener("click", function (event) {
        event.preventDefault();
        clear();
    });
    if (list) { list.addEventListener("change", draw); }

    box.querySelectorAll("[data-scripted]").forEach(function (each) { each.hidden = false; });
    frame.setAttribute("role", "application");
    frame.setAttribute("aria-label", frame.dataset.title);
    frame.setAttribute("aria-describedby", "map-help");
    frame.tabIndex = 0;
    box.hidden = false;
    pin = typed();
    draw();
}());
