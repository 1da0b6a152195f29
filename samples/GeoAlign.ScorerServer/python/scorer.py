#!/usr/bin/env python3
"""Both ends of the protocol geoalign-scorer/1 (docs/rewards.md) with nothing but Python's standard library.

  scorer.py serve [--port 5078]    serves one dimension, "brightness"; put your own reward into score()
  scorer.py ask URL                asks a scorer, this one or GeoAlign.ScorerServer, about two small videos
"""
import argparse
import http.server
import json
import math
import struct
import urllib.request
import uuid

VERSION = "geoalign-scorer/1"
MAX_REQUEST_BYTES = 512 << 20
DIMENSIONS = [{"name": "brightness", "unit": "1", "description": "Mean of all bytes, 0 to 1."}]


def score(rollout, pixels):
    """One entry per dimension: a number, or text that says why there is none.

    rollout: the header's entry: frames, height, width, fps, perhaps prompt and target (12 numbers a pose, camera to world, row-major 3x4).
    pixels: frames * height * width * 3 bytes, RGB, top row first.
    """
    return [sum(pixels) / (255 * len(pixels))]


def answer(body):
    (length,) = struct.unpack_from("<Q", body)
    header = json.loads(body[8:8 + length])
    if header["protocol"] != VERSION:
        raise ValueError(f"protocol {header['protocol']}, expected {VERSION}")
    if header["dimensions"] != [d["name"] for d in DIMENSIONS]:
        raise ValueError(f"dimensions {header['dimensions']}, expected {[d['name'] for d in DIMENSIONS]}")
    at, results = 8 + length, []
    for rollout in header["rollouts"]:
        size = rollout["frames"] * rollout["height"] * rollout["width"] * 3
        pixels = body[at:at + size]
        at += size
        if len(pixels) != size:
            raise ValueError("the request ends before its pixels do")
        results.append({"id": rollout["id"], "scores": [entry(s) for s in score(rollout, pixels)]})
    return {"protocol": VERSION, "request": header["request"], "dimensions": header["dimensions"], "results": results}


def entry(value):
    """JSON has no NaN: what is no number becomes a reason."""
    if isinstance(value, str):
        return {"missing": value}
    return {"value": float(value)} if math.isfinite(value) else {"missing": f"the reward was {value}"}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path != "/v1/scorer":
            return self.reply(404, {"error": f"no {self.path}"})
        self.reply(200, {"protocol": VERSION, "name": "python", "dimensions": DIMENSIONS,
                         "max_request_bytes": MAX_REQUEST_BYTES, "max_rollouts": 64})

    def do_POST(self):
        length = int(self.headers.get("Content-Length", "-1"))
        if self.path != "/v1/score" or length < 8:
            return self.reply(400, {"error": "expected a request at /v1/score with its length"})
        if length > MAX_REQUEST_BYTES:
            return self.reply(413, {"error": f"{length} bytes, the limit is {MAX_REQUEST_BYTES}"})
        try:
            self.reply(200, answer(self.rfile.read(length)))
        except (ValueError, KeyError, TypeError, struct.error) as error:
            self.reply(400, {"error": f"{type(error).__name__}: {error}"})
        except Exception as error:
            self.reply(500, {"error": f"{type(error).__name__}: {error}"})

    def reply(self, status, message):
        body = json.dumps(message, allow_nan=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def ask(url):
    root = url.rstrip("/")
    with urllib.request.urlopen(root + "/v1/scorer", timeout=30) as response:
        names = [d["name"] for d in json.load(response)["dimensions"]]
    videos = {"dark": bytes([10]) * (2 * 8 * 8 * 3), "light": bytes(range(64, 256, 4)) * (2 * 8 * 8 * 3 // 48)}
    request = uuid.uuid4().hex
    header = json.dumps({"protocol": VERSION, "request": request, "dimensions": names, "rollouts": [
        {"id": name, "frames": 2, "height": 8, "width": 8, "fps": 16} for name in videos]}).encode()
    body = struct.pack("<Q", len(header)) + header + b"".join(videos.values())
    message = urllib.request.Request(root + "/v1/score", body, {"Content-Type": "application/vnd.geoalign.scorer"})
    with urllib.request.urlopen(message, timeout=600) as response:
        reply = json.load(response)
    assert reply["protocol"] == VERSION and reply["request"] == request and reply["dimensions"] == names, reply
    for result in reply["results"]:
        for name, value in zip(names, result["scores"]):
            print(result["id"], name, value.get("value", "missing: " + value.get("missing", "")))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve")
    serve.add_argument("--port", type=int, default=5078, help="0: any that is free")
    commands.add_parser("ask").add_argument("url")
    arguments = parser.parse_args()
    if arguments.command == "ask":
        ask(arguments.url)
    else:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", arguments.port), Handler)
        print(f"brightness at http://127.0.0.1:{server.server_port}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
