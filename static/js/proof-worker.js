/* Looks for the numbers that a page's challenge asks for, beside the page, so that nobody waits for it.
   For each part a number n is wanted so that SHA-256("challenge.part.n") begins with so many zero bits.
   An own SHA-256 because the browser's is asked for one hash at a time and answers later: seven times slower, and not
   there at all without TLS. What is hashed has at most 55 letters, so one block is enough. */
(function () {
    "use strict";

    var K = new Int32Array(64), H = new Int32Array(8), W = new Int32Array(64);
    var BLOCK = new Uint8Array(64);
    var LONGEST = 55;

    /* The constants are the first bits of the roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
    function fraction(root) { return ((root - Math.floor(root)) * 4294967296) | 0; }
    function isPrime(number) {
        for (var by = 2; by * by <= number; by++) { if (number % by === 0) { return false; } }
        return true;
    }
    for (var number = 2, found = 0; found < 64; number++) {
        if (isPrime(number)) {
            if (found < 8) { H[found] = fraction(Math.sqrt(number)); }
            K[found++] = fraction(Math.cbrt(number));
        }
    }

    /* Returns the first 32 bits of the hash of the BLOCK. */
    function firstBits() {
        var t, x, y, one, two;
        for (t = 0; t < 16; t++) {
            W[t] = (BLOCK[4 * t] << 24) | (BLOCK[4 * t + 1] << 16) | (BLOCK[4 * t + 2] << 8) | BLOCK[4 * t + 3];
        }
        for (t = 16; t < 64; t++) {
            x = W[t - 15];
            y = W[t - 2];
            W[t] = (W[t - 16] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3)) +
                W[t - 7] + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10))) | 0;
        }
        var a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];
        for (t = 0; t < 64; t++) {
            one = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) +
                ((e & f) ^ (~e & g)) + K[t] + W[t]) | 0;
            two = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) +
                ((a & b) ^ (a & c) ^ (b & c))) | 0;
            h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
        }
        return (a + H[0]) | 0;
    }

    /* Puts a text into the BLOCK from a place on and closes it as SHA-256 wants. */
    function write(text, from) {
        var at, length = from + text.length;
        for (at = 0; at < text.length; at++) { BLOCK[from + at] = text.charCodeAt(at); }
        BLOCK[length] = 128;
        for (at = length + 1; at < 62; at++) { BLOCK[at] = 0; }
        BLOCK[62] = (length * 8) >>> 8;
        BLOCK[63] = (length * 8) & 255;
    }

    function search(start, bits) {
        for (var n = 0; start.length + String(n).length <= LONGEST; n++) {
            write(String(n), start.length);
            if (firstBits() >>> (32 - bits) === 0) { return n; }
        }
        throw new Error("no number fits");
    }

    self.onmessage = function (event) {
        var asked = event.data, numbers = [];
        for (var part = 0; part < asked.parts; part++) {
            var start = asked.challenge + "." + part + ".";
            write(start, 0);
            numbers.push(search(start, asked.bits));
        }
        self.postMessage(numbers.join("."));
    };
}());
