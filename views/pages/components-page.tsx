/** Each component in each of its states, for those who build pages. */
import type { PropsWithChildren } from "@kitajs/html";
import { Badge } from "../components/badge.tsx";
import { Button, LinkButton } from "../components/button.tsx";
import { CandleChart } from "../components/candle-chart.tsx";
import { Card, LinkCard } from "../components/card.tsx";
import { Chip } from "../components/chip.tsx";
import { CodeBlock } from "../components/code-block.tsx";
import { Combobox } from "../components/combobox.tsx";
import { Dialog, DialogButton } from "../components/dialog.tsx";
import { Empty } from "../components/empty.tsx";
import { Field } from "../components/field.tsx";
import { IconButton } from "../components/icon-button.tsx";
import { Menu, MenuItem } from "../components/menu.tsx";
import { Meter } from "../components/meter.tsx";
import { Notice } from "../components/notice.tsx";
import { Progress } from "../components/progress.tsx";
import { Row, Rows } from "../components/rows.tsx";
import { Select } from "../components/select.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { Slider } from "../components/slider.tsx";
import { Sparkline } from "../components/sparkline.tsx";
import { SwitchRow } from "../components/switch.tsx";
import { Table } from "../components/table.tsx";
import { Tabs } from "../components/tabs.tsx";
import { Toast } from "../components/toast.tsx";
import { Trend } from "../components/trend.tsx";
import { Page } from "../frame.tsx";
import type { FrameProps } from "../props.ts";

export const ComponentsPage = (frame: FrameProps) => (
  <Page
    {...frame}
    title="Components"
    kind="components"
    here={null}
    lead="What pages are made of. Look at each in light and dark, with the pointer, and with the keyboard."
  >
    <Pressed />
    <Filled />
    <Said />
    <Measured />
    <Placed />
  </Page>
);

const Part = ({ title, children }: PropsWithChildren<{ title: string }>) => (
  <section class="part" aria-label={title}>
    <h2 safe>{title}</h2>
    <div class="states">{children}</div>
  </section>
);

const undo = { url: "/components", inPlace: false };

const Pressed = () => (
  <>
    <Part title="Button">
      <Button type="button" label="Calculate" kind="primary" />
      <Button type="button" label="Save" />
      <Button type="button" label="Cancel" kind="quiet" />
      <Button type="button" label="Delete" kind="danger" icon="trash" />
      <Button type="button" label="Small" size="small" />
      <Button type="button" label="With an icon" icon="download" />
      <Button type="button" label="Not now" disabled />
      <LinkButton to="/components" label="A link" icon="arrow" />
    </Part>
    <Part title="Icon button">
      <IconButton icon="copy" label="Copy" keys="C" at="start" />
      <IconButton icon="retry" label="Ask again" keys="R" />
      <IconButton icon="edit" label="Edit" size="small" />
      <IconButton icon="next" label="Next" disabled />
    </Part>
    <Part title="Tabs">
      <Tabs
        label="Example"
        tabs={[
          { to: "/components", label: "Facts" },
          { to: "/components?from", label: "From conversations" },
        ]}
        here="/components"
      />
    </Part>
    <Part title="Menu">
      <Menu label="What can be done">
        <MenuItem label="Archive" icon="archive" />
        <hr />
        <MenuItem label="Delete" icon="trash" isDanger />
      </Menu>
    </Part>
    <Part title="Dialog">
      <DialogButton opens="example-dialog" label="Open" />
      <Dialog id="example-dialog" title="Delete all?">
        <p>They are deleted for good.</p>
      </Dialog>
    </Part>
  </>
);

const Filled = () => (
  <>
    <Part title="Field">
      <Field
        id="field-plain"
        name="a"
        label="Account balance"
        value="10,000"
        hint="In the account's currency."
      />
      <Field id="field-wrong" name="b" label="Risk" value="x" problem="This must be a number, such as 1.5." />
      <Field id="field-off" name="c" label="Not now" value="25" disabled />
    </Part>
    <Part title="Select and combobox">
      <Select id="select" name="d" label="Direction" options={directions} value="short" />
      <Combobox id="combobox" name="e" label="Instrument" options={instruments} placeholder="EURUSD" />
    </Part>
    <Part title="Switch">
      <div class="switch-row">
        <SwitchRow id="on" name="f" label="Remember answers" note="They may be used later." isOn />
      </div>
      <div class="switch-row">
        <SwitchRow id="off" name="g" label="Read aloud" note="By the browser." isOn={false} />
      </div>
    </Part>
    <Part title="Slider">
      <Slider
        id="slider"
        name="h"
        label="Temperature"
        min={0}
        max={2}
        step={0.1}
        value={0.7}
        ends={["Precise", "Free"]}
      />
    </Part>
    <Part title="Chip and badge">
      <Chip label="Bonds" icon="folder" />
      <Chip label="All" to="/components" isCurrent />
      <Chip label="Archived" to="/components" />
      <Badge label="Member" />
      <Badge label="Ready" tone="good" icon="good" />
      <Badge label="Queued" tone="info" icon="clock" />
      <Badge label="Starting" tone="warning" icon="waiting" />
      <Badge label="Failed" tone="problem" icon="failed" />
    </Part>
  </>
);

const directions = [
  { value: "long", label: "Long" },
  { value: "short", label: "Short" },
];
const instruments = [
  { value: "EURUSD", label: "Euro / US dollar" },
  { value: "XAUUSD", label: "Gold" },
];

const Said = () => (
  <Part title="Notice, toast, empty, skeleton">
    <Notice text="Saved." undo={undo} />
    <Notice tone="info" text="A new version of the model is there." />
    <Notice tone="warning" text="The disk is nearly full." />
    <Notice tone="problem" text="The model crashed. Check the log, then restart it." />
    <Toast text="Conversation archived." undo={undo} inPlace />
    <Empty icon="memory" title="Nothing is remembered yet.">
      <p>Facts that you save are listed here.</p>
    </Empty>
    <Skeleton lines={4} label="Loading" />
  </Part>
);

const candles = [
  { time: "Jan 2", open: 2062.5, high: 2078.4, low: 2055.6, close: 2058.9, volume: 1200 },
  { time: "Jan 3", open: 2058.9, high: 2065.8, low: 2030.4, close: 2041.4, volume: 1900 },
  { time: "Jan 4", open: 2041.4, high: 2050.7, low: 2036.2, close: 2043.6, volume: 900 },
  { time: "Jan 5", open: 2043.6, high: 2063.9, low: 2024.5, close: 2045.4, volume: 1500 },
];

const Measured = () => (
  <Part title="Progress, meter, sparkline, trend">
    <Progress label="Loading the model" value={0.4} />
    <Progress label="Starting" value={null} />
    <Meter label="Memory" words="6.1 of 16 GB" share={0.38} />
    <Meter label="Context" words="6.9k of 8k" share={0.86} />
    <Meter label="Disk" words="97 of 100 GB" share={0.97} />
    <Sparkline label="Tokens per second" values={[38, 41, 40, 44, 42, 47, 45, 43, 49, 48]} />
    <Sparkline label="Queue" values={[]} />
    <CandleChart name="XAUUSD D1" decimals={2} candles={candles} />
    <p>
      <Trend value="1.25" unit="%" /> <Trend value="-310.5" unit="USD" /> <Trend value="0" unit="%" />
    </p>
  </Part>
);

const Placed = () => (
  <>
    <Part title="Card">
      <Card
        id="card-example"
        title="Position size"
        aside={<Badge label="Computed" tone="good" icon="good" />}
      >
        <p>0.40 lots</p>
      </Card>
      <LinkCard title="Compound interest" words="What an amount grows to." to="/components" />
    </Part>
    <Part title="Rows">
      <Rows label="Keys">
        <Row title="A script" words="lfa_3k…, may ask. Never used.">
          <Button type="button" label="Revoke" size="small" />
        </Row>
        <Row title="Another" words="lfa_9x…, may read." />
      </Rows>
    </Part>
    <Part title="Table">
      <Table
        label="Trades"
        columns={[
          { label: "Symbol" },
          { label: "Lots", isNumber: true },
          { label: "Profit", isNumber: true },
        ]}
        rows={[
          ["EURUSD", "0.40", "+120.00"],
          ["XAUUSD", "0.05", "−61.50"],
        ]}
      />
    </Part>
    <Part title="Code block">
      <CodeBlock caption="curl" text="curl http://127.0.0.1:8080/health" />
    </Part>
  </>
);
