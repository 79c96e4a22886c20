"""What stands in a bucket or a folder, and whether "latest" there is whole."""

import json
import os
import re

import sites


class Bucket:
    def __init__(self, client, name, prefix="magazine"):
        self.client, self.name, self.prefix = client, name, prefix
        self.to = f"s3://{name}/{prefix}"
        client.create_bucket(Bucket=name)

    def standing(self):
        """Path to entity tag and time of writing."""
        found = {}
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name):
            for each in page.get("Contents", []):
                found[each["Key"].removeprefix(self.prefix + "/")] = (each["ETag"], each["LastModified"])
        return found

    def read(self, path):
        try:
            return self.client.get_object(Bucket=self.name, Key=f"{self.prefix}/{path}")["Body"].read()
        except self.client.exceptions.NoSuchKey:
            return None

    def served(self, path):
        """`Content-Type` and `Cache-Control` of an ordinary GET."""
        answer = self.client.get_object(Bucket=self.name, Key=f"{self.prefix}/{path}")
        served = answer["ResponseMetadata"]["HTTPHeaders"]
        return served.get("content-type"), served.get("cache-control")

    def known_again(self, path):
        """Whether a GET with the ETag is answered with `not modified`."""
        tag = self.client.head_object(Bucket=self.name, Key=f"{self.prefix}/{path}")["ETag"]
        try:
            self.client.get_object(Bucket=self.name, Key=f"{self.prefix}/{path}", IfNoneMatch=tag)
        except self.client.exceptions.ClientError as error:
            return error.response["ResponseMetadata"]["HTTPStatusCode"] == 304
        return False

    def remove(self, folder):
        for path in self.standing():
            if path.startswith(folder):
                self.client.delete_object(Bucket=self.name, Key=f"{self.prefix}/{path}")


class Folder:
    def __init__(self, at):
        self.to = self.at = at

    def standing(self):
        found = {}
        for folder, _, names in os.walk(self.at):
            for name in names:
                path = os.path.join(folder, name)
                status = os.stat(path)
                found[os.path.relpath(path, self.at)] = (status.st_ino, status.st_mtime_ns)
        return found

    def read(self, path):
        try:
            with open(os.path.join(self.at, path), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def remove(self, folder):
        for path in self.standing():
            if path.startswith(folder):
                os.remove(os.path.join(self.at, path))


def site_paths(text):
    """Paths of the site that a pointer names, however it names them."""
    paths = set()
    for found in re.findall(r"(?:assets|issues)/[A-Za-z0-9._~/-]+", text):
        paths.add(found + "index.html" if found.endswith("/") else found)
    return paths


def pointer(place, path, owners):
    """The one issue that a pointer shows; None if the pointer is not there. Raises where it is not whole."""
    data = place.read(path)
    if data is None:
        return None
    text = data.decode()
    if path.endswith(".json"):
        json.loads(text)
    named = site_paths(text)
    assert named, f"{path} names nothing"
    shown = set()
    for each in named:
        content = place.read(each)
        assert content is not None, f"{path} names `{each}`, which is not there"
        if each.startswith("assets/"):
            stem = each.split("/")[1].split(".")[0]
            assert sites.digest(content).startswith(stem), f"`{each}` is not whole"
            shown |= {owners.get(each)} - {None}
    assert len(shown) == 1, f"{path} shows {sorted(shown)}"
    return shown.pop()


def whole(place, owners):
    """What the page and the data of "latest" show."""
    return pointer(place, "latest/index.html", owners), pointer(place, "latest.json", owners)


def owners(*records):
    """Which issue and revision each file that is named by its content belongs to; None where it is everybody's."""
    found = {}
    for record in records:
        for path in record["files"]:
            if path.startswith("assets/"):
                mark = (record["name"], record["revision"])
                found[path] = None if found.get(path, mark) != mark or path.endswith(".css") else mark
    return found
