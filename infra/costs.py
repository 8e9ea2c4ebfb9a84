#!/usr/bin/env python3
"""Works out costs.md from the inputs in its first two tables, and writes the results back into it: python3 infra/costs.py

An input row is | symbol | value | … |; an input for three sizes has three values separated by slashes.
"""
import re
from pathlib import Path

PAGE = Path(__file__).with_name("costs.md")
SIZES = (1_000, 100_000, 10_000_000)


def inputs(text):
    found = {}
    for symbol, value in re.findall(r"^\| `(\w+)` \| ([^|]+) \|", text, re.MULTILINE):
        values = [float(part.replace(",", "")) for part in value.split("/")]
        found[symbol] = values if len(values) == 3 else values * 3
    return found


def life(v):
    """Counts of one life, from v, the inputs of one size."""
    hops = v["days"] / v["hop_days"]
    episodes = 1 + v["activities"] + v["timers"] + v["signals"] + v["generations"] + hops
    return {
        "timer hops": hops,
        "history events": v["events"] + hops * v["hop_events"],
        "orchestration turns": episodes,
        "queue operations": 3 * (episodes + v["activities"]),
        "table operations, hub": 3 * episodes,
        "table operations, cases": v["tables"],
        "blob operations": v["blob_writes"] + v["blob_reads"],
        "function executions": episodes + v["activities"] + v["requests"],
        "scheduler actions": 1 + 2 * v["activities"] + v["timers"] + v["signals"] + v["generations"] + hops,
    }


def month(open_invoices, v):
    one, lives = life(v), open_invoices * 30 / v["days"]
    polls = 30 * 3600 * (4 * v["warm_hours"] + v["warm_hours"] * v["instances"])
    gb_seconds = lives * one["function executions"] * v["seconds"] * 2
    kept = open_invoices + lives * v["kept_months"]
    logs = lives * v["log_kb"] / 1e6 + v["log_fixed_gb"]
    cost = {
        "functions": max(0, gb_seconds - v["free_gb_s"]) * v["p_gb_s"] + max(0, lives * one["function executions"] / 1e6 - v["free_exec"]) * v["p_exec"],
        "cases: operations": lives * (one["table operations, cases"] * v["p_table"] + v["blob_writes"] * v["p_blob_write"] + v["blob_reads"] * v["p_blob_read"]) / 1e4,
        "cases: at rest": kept * (v["rows_kb"] * v["p_table_gb"] + v["blobs_kb"] * v["p_blob_gb"]) / 1e6,
        "logs": max(0, logs - v["free_log_gb"]) * v["p_log_gb"],
        "alerts": 5 * v["p_alert"],
    }
    hub = (lives * (one["queue operations"] * v["p_queue"] + one["table operations, hub"] * v["p_table"]) + polls * v["p_queue"]) / 1e4
    people = {
        "e-mail": lives * v["emails"] * (v["p_email"] + v["email_mb"] * v["p_email_mb"]),
        "SMS": lives * v["sms"] * v["sms_segments"] * v["p_sms"],
    }
    actions = lives * one["scheduler actions"]
    return lives, cost, hub, people, actions


def results(v3):
    sizes = [{k: values[i] for k, values in v3.items()} for i in range(3)]
    lines = ["One life, counted:", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {count:,.0f} |" for name, count in life(sizes[0]).items()]
    months = [month(n, v) for n, v in zip(SIZES, sizes)]
    row = lambda name, figures, form="{:,.2f}": f"| {name} | " + " | ".join(form.format(f) for f in figures) + " |"
    lines += ["", "A month, in US dollars:", "", "| open invoices | 1,000 | 100,000 | 10,000,000 |", "|---|---:|---:|---:|"]
    lines.append(row("lives that end in a month", [m[0] for m in months], "{:,.0f}"))
    lines += [row(name, [m[1][name] for m in months]) for name in months[0][1]]
    lines.append(row("hub in Azure Storage", [m[2] for m in months]))
    lines.append(row("**the machine, Azure Storage**", [sum(m[1].values()) + m[2] for m in months], "**{:,.2f}**"))
    lines.append(row("… for one life", [(sum(m[1].values()) + m[2]) / m[0] for m in months], "{:,.4f}"))
    lines += [row(name, [m[3][name] for m in months]) for name in months[0][3]]
    lines.append(row("**all of it**", [sum(m[1].values()) + m[2] + sum(m[3].values()) for m in months], "**{:,.2f}**"))
    lines += ["", "The same with the Durable Task Scheduler: the line *hub in Azure Storage* goes, and actions come in its place.", "",
              "| open invoices | 1,000 | 100,000 | 10,000,000 |", "|---|---:|---:|---:|"]
    lines.append(row("the machine without a hub", [sum(m[1].values()) for m in months]))
    lines.append(row("actions a month", [m[4] for m in months], "{:,.0f}"))
    lines.append(row("actions a second, on average", [m[4] / 2_592_000 for m in months], "{:,.2f}"))
    lines.append(row("the price of 10,000 actions at which both cost the same", [m[2] / m[4] * 1e4 for m in months], "{:,.4f}"))
    lines += ["", "Against the limits:", "", "| open invoices | 1,000 | 100,000 | 10,000,000 |", "|---|---:|---:|---:|"]
    lines.append(row("e-mails an hour, over 21 days of 8 hours", [m[0] * v["emails"] / 168 for m, v in zip(months, sizes)], "{:,.0f}"))
    lines.append(row("actions a second, if all but the hops fall into these hours",
                     [m[0] * (life(v)["scheduler actions"] - life(v)["timer hops"]) / 168 / 3600 for m, v in zip(months, sizes)], "{:,.1f}"))
    return "\n".join(lines)


def main():
    text = PAGE.read_text()
    start, end = "<!-- results: costs.py -->", "<!-- end of results -->"
    before, rest = text.split(start)
    PAGE.write_text(before + start + "\n\n" + results(inputs(before)) + "\n\n" + end + rest.split(end)[1])


main()
