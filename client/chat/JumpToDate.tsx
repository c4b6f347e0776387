import { ActionIcon, Button, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';

/** Today in this zone, as a date field takes it. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** The instant at which a day begins in this zone; null where it is no day. */
function beginningOf(day: string): string | null {
  const at = new Date(`${day}T00:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** A button that asks for a day, and goes to what was said first on it. */
export function JumpToDate({ jump }: { jump: (at: string) => void }) {
  const { t } = useTranslation('messages');
  const [isOpen, setOpen] = useState(false);
  const [day, setDay] = useState(today);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const at = beginningOf(day);
    if (at === null) return;
    setOpen(false);
    jump(at);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus returnFocus position="bottom-end" shadow="md">
      <Popover.Target>
        <Tooltip label={t('jumpToDate')} disabled={isOpen}>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('jumpToDate')} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <IconCalendarSearch size={18} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={submit}>
          <TextInput type="date" label={t('day')} value={day} max={today()} required withAsterisk={false} onChange={(event) => setDay(event.currentTarget.value)} data-autofocus />
          <Button type="submit" fullWidth mt="sm">
            {t('goThere')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
