"""Keeps what dbt left for a project, so that only the program under test runs again while the project is unchanged."""

import hashlib
import os
import pickle
import shutil

from compare import steps as steps_module

FORMAT = "3"


def cache_folder(project, command):
    """A folder named by everything that dbt's outcome depends on: files, command, this tool's own step runner."""
    digest = hashlib.sha256((FORMAT + command).encode())
    with open(steps_module.__file__, "rb") as file:
        digest.update(file.read())
    for folder, folders, files in os.walk(project):
        ignored = steps_module.LEFT_OUT(folder, folders + files)
        folders[:] = sorted(set(folders) - ignored)
        for name in sorted(set(files) - ignored):
            path = os.path.join(folder, name)
            digest.update(os.path.relpath(path, project).encode())
            with open(path, "rb") as file:
                digest.update(file.read())
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "navo", "compare", f"{os.path.basename(project)}-{digest.hexdigest()[:16]}")


def recall(folder):
    """What `remember` kept, as (outcomes, place, database, window); None when there is nothing."""
    try:
        with open(os.path.join(folder, "run.pickle"), "rb") as file:
            outcomes, place, name, window = pickle.load(file)
    except FileNotFoundError:
        return None
    return outcomes, place, os.path.join(folder, name), window


def remember(folder, run):
    """Keeps a run; written aside first, so that a broken write is never read."""
    outcomes, place, database, window = run
    aside = folder + ".new"
    shutil.rmtree(aside, ignore_errors=True)
    os.makedirs(aside)
    if os.path.exists(database):
        # under its own name, which is the database's: views name it
        shutil.copyfile(database, os.path.join(aside, os.path.basename(database)))
    with open(os.path.join(aside, "run.pickle"), "wb") as file:
        pickle.dump((outcomes, place, os.path.basename(database), window), file)
    shutil.rmtree(folder, ignore_errors=True)
    os.rename(aside, folder)
